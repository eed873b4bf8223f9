package io.rateguard.standalone.part;

import io.rateguard.standalone.StandaloneException;
import io.rateguard.standalone.data.DataDir;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A service of RateGuard in a JVM of its own: ready when its health address answers 200. */
public final class ServiceProcess implements Part {

    /** Usually. */
    public static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();

    private final String name;
    private final Program program;
    private final URI health;
    private final Duration readyWithin;
    private final DataDir data;
    private final Log log;
    private volatile @Nullable Process process;

    public ServiceProcess(String name, Program program, URI health, Duration readyWithin, DataDir data) {
        this.name = name;
        this.program = program;
        this.health = health;
        this.readyWithin = readyWithin;
        this.data = data;
        this.log = new Log(data.log(name));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        try {
            log.rotate();
            long logStart = log.size();
            Process launched = program.launch(data.path(), log.file());
            process = launched;
            Leftovers.remember(data, name, launched.toHandle());
            awaitReady(launched, logStart);
        } catch (IOException failed) {
            throw new StandaloneException(name + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    @Override
    public boolean isRunning() {
        Process known = process;
        return known != null && known.isAlive();
    }

    @Override
    public ProcessHandle process() {
        Process known = process;
        if (known == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return known.toHandle();
    }

    @Override
    public void stop(Duration within) {
        Process known = process;
        if (known == null) {
            return;
        }
        known.destroy();
        if (!ended(known, within)) {
            known.destroyForcibly();
            ended(known, Duration.ofSeconds(5));
        }
        Leftovers.forget(data, name);
    }

    private void awaitReady(Process launched, long logStart) {
        long deadline = System.nanoTime() + readyWithin.toNanos();
        while (!answers()) {
            if (ended(launched, Duration.ofMillis(100))) {
                throw notReady("ended with status " + launched.exitValue() + " while starting", logStart);
            }
            if (System.nanoTime() > deadline) {
                launched.destroyForcibly();
                throw notReady("is not ready after " + readyWithin.toSeconds() + " s", logStart);
            }
        }
    }

    private StandaloneException notReady(String what, long logStart) {
        return new StandaloneException(
                "%s %s; the end of %s:%n%s".formatted(name, what, log.file(), log.tail(logStart)));
    }

    private boolean answers() {
        HttpRequest question =
                HttpRequest.newBuilder(health).timeout(ANSWER_WITHIN).build();
        try {
            return HTTP.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean ended(Process process, Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return true;
        }
    }
}
