package io.rateguard.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sends the signals that Java itself cannot send. */
public final class Signals {

    private Signals() {}

    /** To each of these processes; one that is gone already is passed over. */
    public static void send(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            // A process that is gone already makes kill complain; that is no failure here.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new EmbeddedPartException("cannot run the command kill: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
