package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.sample.FakeManagement;
import io.rateguard.standalone.sample.SampleWorkspace;
import io.rateguard.standalone.setup.ManagementApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFillingTest {

    private final FakeManagement management = new FakeManagement();
    private final List<String> jobs = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int workspacesAsked;
    private boolean jobFails;
    private boolean stopping;

    @TempDir
    private Path folder;

    private DataDir data;

    @BeforeEach
    void take() {
        data = DataDir.take(folder);
    }

    @AfterEach
    void close() {
        data.close();
        management.close();
    }

    @Test
    void sendsTheHistoryOnceInTheLifeOfTheData() {
        assertThat(filling().isDone()).isTrue();
        assertThat(filling().isDone()).isTrue();

        assertThat(jobs).hasSize(1);
        assertThat(workspacesAsked).isEqualTo(1);
        assertThat(said()).isEqualTo("The workspace sample is filled.\n");
    }

    @Test
    void doesTheSameJobAgainWhenItFailed() {
        jobFails = true;
        assertThat(filling().isDone()).isFalse();
        jobFails = false;
        assertThat(filling().isDone()).isTrue();

        assertThat(jobs).hasSize(2);
        assertThat(jobs.getLast()).isEqualTo(jobs.getFirst());
        assertThat(said()).isEqualTo("the job failed\nThe workspace sample is filled.\n");
    }

    @Test
    void doesNotComplainOfWhatTheEndOfTheProductInterrupts() {
        jobFails = true;
        stopping = true;

        assertThat(filling().isDone()).isFalse();

        assertThat(said()).isEmpty();
    }

    private SampleFilling filling() {
        SampleWorkspace sample = new SampleWorkspace(
                new ManagementApi(management.url(), SampleWorkspace.SLUG, "token"),
                data,
                InstantSource.system(),
                "http://127.0.0.1:4001",
                "secret");
        return new SampleFilling(
                sample,
                () -> workspacesAsked++,
                this::doJob,
                () -> stopping,
                new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private void doJob(Path job) {
        try {
            jobs.add(Files.readString(job));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (jobFails) {
            throw new StandaloneException("the job failed");
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
