package io.rateguard.standalone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {

    @TempDir
    private Path folder;

    @Test
    void isOpenToItsOwnerOnly() throws IOException {
        try (DataDir data = DataDir.take(folder.resolve("a/b"))) {
            assertThat(mode(data.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void refusesASecondOwnerAndIsFreeAfterTheFirst() {
        DataDir data = DataDir.take(folder.resolve("data"));
        assertThatThrownBy(() -> DataDir.take(folder.resolve("data")))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("in use by another ./rateguard up (process "
                        + ProcessHandle.current().pid());

        data.close();

        DataDir.take(folder.resolve("data")).close();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DataDir.take(file)).hasMessageEndingWith("file is a file (expected: a folder)");
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "dear");
        String before = mode(folder);

        assertThatThrownBy(() -> DataDir.take(folder)).hasMessageContaining("holds something else");
        assertThat(mode(folder)).isEqualTo(before);
    }

    @Test
    void saysWhyAFolderCannotBeMade() {
        assertThatThrownBy(() -> DataDir.take(Path.of("/proc/rateguard")))
                .isInstanceOf(StandaloneException.class)
                .hasMessageStartingWith("--data-dir: /proc/rateguard cannot be written (");
    }

    @Test
    void keepsTheSameSecretsInAFileOfItsOwner() throws IOException {
        Path path = folder.resolve("data");
        Map<String, String> first;
        try (DataDir data = DataDir.take(path)) {
            Secrets secrets = new Secrets(data, new SecureRandom());
            secrets.keepDemoKey("id-1", "rg_live_x");
            first = texts(secrets);
        }

        try (DataDir data = DataDir.take(path)) {
            assertThat(texts(new Secrets(data, new SecureRandom()))).isEqualTo(first);
        }
        assertThat(first.get("token")).startsWith("rgm_");
        assertThat(first.values()).doesNotHaveDuplicates();
        assertThat(mode(path.resolve("secrets.json"))).isEqualTo("rw-------");
    }

    @Test
    void refusesDamagedSecretsWithoutRepeatingThem() throws IOException {
        Path path = folder.resolve("data");
        try (DataDir data = DataDir.take(path)) {
            data.keep("secrets.json", "{\"adminPassword\": hunter2");

            assertThatThrownBy(() -> new Secrets(data, new SecureRandom()))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("secrets.json")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void replacesTheReadyFileWhole() throws IOException {
        ReadyFile file = new ReadyFile(folder.resolve("ready.json"));
        file.write(content(1));

        file.write(content(2));

        assertThat(Files.readString(folder.resolve("ready.json")))
                .contains("\"proxy\" : 2", "\"proxyUrl\" : \"p\"", "\"demoKey\" : null");
        assertThat(mode(folder.resolve("ready.json"))).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
        file.clear();
        assertThat(folder.resolve("ready.json")).doesNotExist();
    }

    @Test
    void refusesAReadyFileInAFolderThatIsMissing() {
        assertThatThrownBy(() -> new ReadyFile(folder.resolve("missing/ready.json")).clear())
                .isInstanceOf(StandaloneException.class)
                .hasMessageEndingWith("cannot be written (expected: a file in a folder that exists)");
    }

    private static ReadyFile.Content content(long pid) {
        return new ReadyFile.Content(
                "p",
                "c",
                "e",
                "w",
                "t",
                "main",
                null,
                null,
                "pg",
                "r",
                "k",
                "ch",
                null,
                Map.of("proxy", pid),
                Map.of());
    }

    private static Map<String, String> texts(Secrets secrets) {
        return Map.of(
                "postgres",
                secrets.password("postgres"),
                "admin",
                secrets.password("admin"),
                "key",
                secrets.secretKey(),
                "token",
                secrets.managementToken(),
                "demo",
                secrets.demoKey().orElseThrow().secret());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
