package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptIT {

    private static final Path SCRIPT =
            Path.of("../../rateguard").toAbsolutePath().normalize();
    private static final String STAMP_OF = "source <(sed '/^command=/,$d' \"$0\"); here=\"$1\"; source_stamp";

    private static final String LAUNCHER_OPTIONS_OF = "source <(sed '/^command=/,$d' \"$0\"); product=\"$1\";"
            + " launcher_options; printf '%s\\n' \"${launcher[@]}\"";

    @TempDir
    private Path tree;

    @BeforeEach
    void plantSources() throws IOException {
        Files.createDirectories(tree.resolve("a/src/main"));
        Files.createDirectories(tree.resolve("a/target"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.writeString(tree.resolve("a/src/main/A.java"), "class A {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dance | rateguard: unknown command: dance (expected: up, test, bench, drill, screenshots or prices; see ./rateguard --help)",
                "drill dance | rateguard: drill: unknown drill: dance (expected: window, admission, policy, store, alerts or events)",
                "drill window store | rateguard: drill: window and store given (expected: one drill, or none for all)",
                "drill --fast | rateguard: drill: unknown option: --fast (see ./rateguard drill --help)",
                "drill window --seed | rateguard: drill: --seed needs a value (see ./rateguard drill --help)",
                "up --fast | rateguard: up: unknown option: --fast (see ./rateguard up --help)",
                "up --data-dir | rateguard: up: --data-dir needs a value (see ./rateguard up --help)",
                "test --fast | rateguard: test: unknown argument: --fast (expected: none)",
                "bench --console | rateguard: bench --console: nothing given (expected: --data FOLDER)",
                "bench --console --data a | rateguard: bench --console: a: no events in it (expected: a folder that bench --analytics --data FOLDER has filled)",
                "prices one | rateguard: prices: 1 given (expected: a file of genai-prices and one of LiteLLM)",
                "screenshots now | rateguard: screenshots: unknown argument: now (expected: --guide or none)",
                "screenshots --guide now | rateguard: screenshots: unknown argument: now (expected: --guide or none)"
            })
    void refusesWhatItDoesNotKnowInOneMessage(String arguments, String message) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments.split(" ")));

        Said said = run(command);

        assertThat(said).isEqualTo(new Said(2, message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drill --help", "drill window -h"})
    void tellsWhatDrillsThereAreWithoutBuilding(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(arguments.split(" ")));

        Said said = run(command);

        assertThat(said.status()).isZero();
        assertThat(said.text())
                .startsWith("usage: ./rateguard drill [NAME] [--seed N]")
                .contains("\n  window ", "\n  admission ", "\n  store ")
                .contains("target/drills/NAME.md");
    }

    @Test
    void seesThatASourceHasChanged() throws Exception {
        String before = stamp();

        Files.writeString(tree.resolve("a/src/main/A.java"), "class A { int b; }");

        assertThat(stamp()).isNotEqualTo(before).hasSize(64);
    }

    @Test
    void seesThatASourceIsNewOrGone() throws Exception {
        String before = stamp();

        Files.writeString(tree.resolve("a/src/main/B.java"), "class B {}");
        String withNew = stamp();
        Files.delete(tree.resolve("a/src/main/B.java"));

        assertThat(withNew).isNotEqualTo(before);
        assertThat(stamp()).isEqualTo(before);
    }

    @Test
    void doesNotMindWhatIsBuiltOrWritten() throws Exception {
        String before = stamp();

        Files.writeString(tree.resolve("a/target/A.class"), "");
        Files.writeString(tree.resolve("README.md"), "words");
        Files.writeString(tree.resolve("ready.json"), "{}");

        assertThat(stamp()).isEqualTo(before);
    }

    @Test
    void startsTheLauncherFromACacheOnlyWhereThereIsOne() throws Exception {
        Path cache = tree.resolve("aot/launcher.aot");
        List<String> command = List.of("bash", "-c", LAUNCHER_OPTIONS_OF, SCRIPT.toString(), tree.toString());

        String without = run(command).text();
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "");
        String with = run(command).text();

        assertThat(without.lines()).containsExactly("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        assertThat(with.lines())
                .startsWith("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .contains("-XX:AOTCache=" + cache, "-XX:+VerifySharedSpaces", "-Xlog:aot*=off");
    }

    private String stamp() throws Exception {
        Said said = run(List.of("bash", "-c", STAMP_OF, SCRIPT.toString(), tree.toString()));
        assertThat(said.status()).as(said.text()).isZero();
        return said.text();
    }

    private static Said run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Said(process.waitFor(), text);
    }

    private record Said(int status, String text) {}
}
