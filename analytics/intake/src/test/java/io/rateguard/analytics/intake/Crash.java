package io.rateguard.analytics.intake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends an intake in the middle of its work. */
final class Crash {

    private Crash() {}

    static void at(Setup setup, Step fatal) {
        CountDownLatch crashed = new CountDownLatch(1);
        Intake doomed = setup.start(new IntakeStatus(), step -> {
            if (step == fatal) {
                crashed.countDown();
                throw new Death(fatal);
            }
        });
        try {
            if (!crashed.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("no crash after " + fatal);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        doomed.close();
    }

    private static final class Death extends Error {

        Death(Step fatal) {
            super("as if the process died after " + fatal, null, false, false);
        }
    }
}
