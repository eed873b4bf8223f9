package io.rateguard.standalone.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCachesTest {

    private static final Duration USUAL = Duration.ofSeconds(11);

    @TempDir
    private Path product;

    private Path mark;
    private Path cache;

    @BeforeEach
    void train() throws IOException {
        BuiltJar.write(product.resolve("proxy/proxy.jar"), "Main.class", "main");
        cache = product.resolve("aot/proxy.aot");
        mark = product.resolve("aot/made-for");
        Files.createDirectories(cache.getParent());
        Files.writeString(cache, "classes");
        Files.writeString(mark, Fingerprint.of(product) + "\n");
    }

    @Test
    void startsAPartFromItsCacheWithoutAWordOfTheJvmAboutIt() {
        StartCaches caches = StartCaches.of(product);

        assertThat(caches.fit()).isTrue();
        assertThat(caches.options("proxy"))
                .containsExactly(
                        "-XX:+VerifySharedSpaces", "-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:AOTCache=" + cache);
        assertThat(caches.within(USUAL)).isEqualTo(USUAL);
    }

    @Test
    void startsAPartThatHasNoCacheWithout() {
        assertThat(StartCaches.of(product).options("console")).isEmpty();
    }

    @Test
    void doesNotUseACacheThatWasMadeForOtherJars() throws Exception {
        BuiltJar.write(product.resolve("proxy/proxy.jar"), "Main.class", "mean");

        StartCaches caches = StartCaches.of(product);

        assertThat(caches.fit()).isFalse();
        assertThat(caches.options("proxy")).isEmpty();
    }

    @Test
    void doesNotUseACacheThatWasMadeForAnotherJvm() throws Exception {
        Files.writeString(mark, Fingerprint.of(product, "another 26.0.1"));

        assertThat(StartCaches.of(product).options("proxy")).isEmpty();
    }

    @Test
    void doesNotUseWhatATrainingLeftThatDidNotEnd() throws Exception {
        Files.delete(mark);

        assertThat(StartCaches.of(product).options("proxy")).isEmpty();
    }

    @Test
    void doesWithoutCachesThatCannotBeRead() throws Exception {
        Files.delete(mark);
        Files.createDirectory(mark);

        assertThat(StartCaches.of(product).options("proxy")).isEmpty();
    }

    @Test
    void letsEachPartOfATrainingWriteItsCacheAndTakeItsTimeForIt() {
        StartCaches caches = StartCaches.recordedIn(product);

        assertThat(caches.options("proxy")).containsExactly("-XX:AOTCacheOutput=" + product.resolve("proxy.aot"));
        assertThat(caches.within(USUAL)).isGreaterThan(Duration.ofMinutes(1));
    }
}
