package io.rateguard.standalone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    @TempDir
    private Path product;

    @BeforeEach
    void build() throws IOException {
        // No program: its training cannot but fail.
        BuiltJar.write(product.resolve("standalone/standalone.jar"), "Main.class", "main");
    }

    @Test
    void saysWhyThereAreNoCachesAndDoesNotTryAgainBeforeAJarChanges() throws Exception {
        assertThatThrownBy(() -> new Training(product).run())
                .isInstanceOf(StandaloneException.class)
                .hasMessageStartingWith("the training ended with status 1; what it said is in ")
                .hasMessageEndingWith("training.log");
        assertThat(product.resolve("aot/training.log")).content().contains("standalone.jar");
        assertThat(StartCaches.of(product).fit()).isTrue();
        assertThat(StartCaches.of(product).options("launcher")).isEmpty();

        new Training(product).run();

        BuiltJar.write(product.resolve("standalone/standalone.jar"), "Main.class", "mean");
        assertThatThrownBy(() -> new Training(product).run()).isInstanceOf(StandaloneException.class);
    }

    @Test
    void leavesItToAnotherThatIsAtIt() throws Exception {
        try (FileChannel lock =
                FileChannel.open(product.resolve("aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();

            new Training(product).run();
        }

        assertThat(product.resolve("aot")).doesNotExist();
    }

    @Test
    void startsNothingOnceItIsClosed() throws Exception {
        Training training = new Training(product);

        training.close();
        training.run();

        assertThat(product.resolve("aot")).doesNotExist();
        assertThat(product.resolve("aot.new")).doesNotExist();
    }
}
