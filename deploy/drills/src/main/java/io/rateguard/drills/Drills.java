package io.rateguard.drills;

import io.rateguard.drills.admission.AdmissionDrill;
import io.rateguard.drills.policy.PolicyDrill;
import io.rateguard.drills.store.StoreDrill;
import io.rateguard.drills.window.WindowDrill;
import java.util.List;
import java.util.stream.Collectors;

/** All drills there are, in the order in which they run. */
final class Drills {

    static final List<Drill> ALL = List.of(
            new Drill("window", "the sliding window's formula against a log of every request", WindowDrill::run),
            new Drill(
                    "admission",
                    "three proxies, 1,536 callers, one limit and one strict budget, one proxy killed",
                    AdmissionDrill::run),
            new Drill(
                    "policy",
                    "three proxies under load: how soon each goes by a change of keys, limits, APIs and workspaces",
                    PolicyDrill::run),
            new Drill("store", "Redis paused, killed, emptied and started again under load", StoreDrill::run));

    private Drills() {}

    /** @throws IllegalArgumentException when there is none of this name */
    static Drill named(String name) {
        return ALL.stream()
                .filter(drill -> drill.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("NAME: " + name + " (expected: " + names() + ")"));
    }

    /** {@code window, admission, policy or store} */
    static String names() {
        String all = ALL.stream().map(Drill::name).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }
}
