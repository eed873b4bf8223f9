package io.rateguard.standalone.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    private static final String JVM = "a vendor 25.0.3";

    @TempDir
    private Path product;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = product.resolve("proxy/lib/library.jar");
        BuiltJar.write(jar, "A.class", "some code");
        BuiltJar.write(product.resolve("proxy/proxy.jar"), "Main.class", "main");
    }

    @Test
    void isTheSameForTheSameContentWrittenAgain() throws Exception {
        String before = Fingerprint.of(product, JVM);

        BuiltJar.write(jar, "A.class", "some code");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

        assertThat(Fingerprint.of(product, JVM)).isEqualTo(before);
    }

    @Test
    void seesAChangeThatLeavesSizeAndTimeOfAJarAsTheyWere() throws Exception {
        String before = Fingerprint.of(product, JVM);
        long size = Files.size(jar);
        FileTime time = Files.getLastModifiedTime(jar);

        BuiltJar.write(jar, "A.class", "same size");
        Files.setLastModifiedTime(jar, time);

        assertThat(Files.size(jar)).isEqualTo(size);
        assertThat(Fingerprint.of(product, JVM)).isNotEqualTo(before);
    }

    @Test
    void seesAJarThatIsNewOrGoneOrElsewhere() throws Exception {
        String before = Fingerprint.of(product, JVM);

        BuiltJar.write(product.resolve("proxy/lib/other.jar"), "A.class", "some code");
        String withNew = Fingerprint.of(product, JVM);
        Files.delete(jar);
        String moved = Fingerprint.of(product, JVM);

        assertThat(withNew).isNotEqualTo(before);
        assertThat(moved).isNotEqualTo(before).isNotEqualTo(withNew);
    }

    @Test
    void tellsOneJvmFromAnother() throws Exception {
        assertThat(Fingerprint.of(product, JVM)).isNotEqualTo(Fingerprint.of(product, "a vendor 25.0.4"));
    }

    @Test
    void takesAllOfAFileThatIsNoJar() throws Exception {
        Files.writeString(jar, "a download that broke off");
        String before = Fingerprint.of(product, JVM);

        Files.writeString(jar, "a download that broke OFF");

        assertThat(Fingerprint.of(product, JVM)).isNotEqualTo(before);
    }

    @Test
    void mindsNothingButJars() throws Exception {
        String before = Fingerprint.of(product, JVM);

        Files.writeString(product.resolve("built-from"), "a stamp");

        assertThat(Fingerprint.of(product, JVM)).isEqualTo(before);
    }
}
