package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people notice of a training: nothing. */
class TrainingIT {

    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration UNDER_WAY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);

    private static final Path PRODUCT = Path.of("target/product").toAbsolutePath();
    private static final Path MARK = PRODUCT.resolve("aot/made-for");
    private static final Path AWAY = PRODUCT.resolve("aot/made-for.away");
    private static final Path RECORDED = PRODUCT.resolve("aot.new");

    @TempDir
    private Path folder;

    @BeforeEach
    void forgetWhatWasLearned() throws Exception {
        if (Files.exists(MARK)) {
            Files.move(MARK, AWAY);
        }
    }

    @AfterEach
    void rememberIt() throws Exception {
        if (Files.exists(AWAY)) {
            Files.move(AWAY, MARK);
        }
    }

    @Test
    void endsWithTheProductThatItRunsBehindAndLeavesNoProcess() throws Exception {
        try (RunningProduct product = RunningProduct.launch(
                folder,
                "--train",
                "--proxy-port=0",
                "--console-port=0",
                "--management-port-base=0",
                "--data-dir=data",
                "--ready-file=ready.json")) {
            RunningProduct.until(READY_WITHIN, () -> product.output().contains("Ctrl-C"));
            RunningProduct.until(UNDER_WAY_WITHIN, () -> recordingProcesses().size() > 3);
            assertThat(product.sendPrintedRequest().statusCode()).isEqualTo(200);

            product.terminate();

            assertThat(product.awaitEnd(STOPPED_WITHIN)).as(product.output()).isZero();
            RunningProduct.until(STOPPED_WITHIN, () -> recordingProcesses().isEmpty());
        }
    }

    /** The parts of a training have its folder in their command line. */
    private static List<String> recordingProcesses() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(RECORDED.toString()))
                .toList();
    }
}
