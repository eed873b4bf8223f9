package io.rateguard.drills.admission;

import io.rateguard.drills.Findings;
import io.rateguard.drills.Programs;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Three proxies, each with 512 callers that retry, against one limit and one strict budget: a tenth of the callers leave
 * early, a tenth of the replies are errors, a tenth report more than any request could be estimated at, and one proxy is
 * killed on the way.
 */
public final class AdmissionDrill {

    private AdmissionDrill() {}

    public static Findings run(Programs programs, long seed, PrintStream progress)
            throws IOException, InterruptedException {
        progress.println("admission: starting servers and three proxies…");
        try (Ground ground = new Ground(programs)) {
            Rush rush = new Rush(ground, seed);
            progress.println("admission: calling…");
            rush.untilAllIsUsed();
            progress.println("admission: counting…");
            return rush.count();
        }
    }
}
