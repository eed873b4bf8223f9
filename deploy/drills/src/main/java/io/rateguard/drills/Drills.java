package io.rateguard.drills;

import io.rateguard.drills.admission.AdmissionDrill;
import io.rateguard.drills.alerts.AlertsDrill;
import io.rateguard.drills.events.EventsDrill;
import io.rateguard.drills.events.Scale;
import io.rateguard.drills.policy.PolicyDrill;
import io.rateguard.drills.store.StoreDrill;
import io.rateguard.drills.window.WindowDrill;
import java.util.List;
import java.util.stream.Collectors;

/** All drills there are, in the order in which they run. */
final class Drills {

    static final String EVENTS = "events";

    static final List<Drill> ALL = List.of(
            new Drill(
                    "window",
                    "the sliding window's formula against a log of every request",
                    (course, progress) -> WindowDrill.run(course.programs(), course.seed(), progress)),
            new Drill(
                    "admission",
                    "three proxies, 1,536 callers, one limit and one strict budget, one proxy killed",
                    (course, progress) -> AdmissionDrill.run(course.programs(), course.seed(), progress)),
            new Drill(
                    "policy",
                    "three proxies under load: how soon each goes by a change of keys, limits, APIs and workspaces",
                    (course, progress) -> PolicyDrill.run(course.programs(), course.seed(), progress)),
            new Drill(
                    "store",
                    "Redis paused, killed, emptied and started again under load",
                    (course, progress) -> StoreDrill.run(course.programs(), course.seed(), progress)),
            new Drill(
                    "alerts",
                    "budgets cross thresholds under load, alerts services killed: how soon each is told, and how often",
                    (course, progress) -> AlertsDrill.run(course.programs(), course.seed(), progress)),
            new Drill(
                    EVENTS,
                    "every part killed while many events are on their way, then counted",
                    (course, progress) ->
                            EventsDrill.run(course.programs(), course.seed(), Scale.of(course.events()), progress)));

    private Drills() {}

    /** @throws IllegalArgumentException when there is none of this name */
    static Drill named(String name) {
        return ALL.stream()
                .filter(drill -> drill.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("NAME: " + name + " (expected: " + names() + ")"));
    }

    /** {@code window, admission, policy, store, alerts or events} */
    static String names() {
        String all = ALL.stream().map(Drill::name).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }
}
