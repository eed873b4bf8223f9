package io.rateguard.standalone.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this JVM makes of caches, good ones and others: the program runs, and nobody hears of it. */
class StartCachesIT {

    private static final String PART = "greeting";
    private static final String GC = "-XX:+UseSerialGC";
    private static final Said GREETED = new Said(0, Greeting.TEXT);

    @TempDir
    private static Path product;

    private static Path jar;
    private static Path cache;
    private static byte[] good;

    @BeforeAll
    static void train() throws Exception {
        jar = product.resolve("greeting.jar");
        String name = Greeting.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = Greeting.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        Path folder = Files.createDirectory(product.resolve("aot"));
        cache = folder.resolve(PART + ".aot");
        Said said = run(GC, StartCaches.recordedIn(folder).options(PART));
        assertThat(said.status()).as(said.text()).isZero();
        Files.writeString(folder.resolve("made-for"), Fingerprint.of(product));
        good = Files.readAllBytes(cache);
    }

    @BeforeEach
    void restore() throws IOException {
        Files.write(cache, good);
    }

    @Test
    void startsFromAGoodCache() throws Exception {
        List<String> options = new ArrayList<>(StartCaches.of(product).options(PART));
        // Else the JVM would start without.
        options.add("-XX:AOTMode=on");

        assertThat(run(GC, options)).isEqualTo(GREETED);
    }

    @Test
    void startsWithACacheOfWhichAPageIsDamaged() throws Exception {
        byte[] wrong = new byte[4096];
        try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            for (long at = file.size() / 4; at < file.size(); at += file.size() / 4) {
                file.write(ByteBuffer.wrap(wrong), at);
            }
        }

        assertThat(greet(GC)).isEqualTo(GREETED);
    }

    @Test
    void startsWithACacheThatWasCutOff() throws Exception {
        try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        assertThat(greet(GC)).isEqualTo(GREETED);

        Files.write(cache, new byte[0]);
        assertThat(greet(GC)).isEqualTo(GREETED);
    }

    @Test
    void startsWithACacheThatIsSomethingElse() throws Exception {
        Files.writeString(cache, "not a cache at all ".repeat(1_000));

        assertThat(greet(GC)).isEqualTo(GREETED);
    }

    @Test
    void startsWithACacheOfAJvmThatWasSetUpOtherwise() throws Exception {
        assertThat(greet("-XX:+UseParallelGC")).isEqualTo(GREETED);
    }

    private static Said greet(String gc) throws Exception {
        return run(gc, StartCaches.of(product).options(PART));
    }

    private static Said run(String gc, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(gc);
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), Greeting.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Said(process.waitFor(), text);
    }

    private record Said(int status, String text) {}
}
