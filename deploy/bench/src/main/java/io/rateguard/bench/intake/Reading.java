package io.rateguard.bench.intake;

import io.rateguard.bed.Service;
import io.rateguard.bench.CpuTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far everything is at one moment.
 *
 * @param cpuMicros processor time so far, by process
 */
record Reading(long nanos, double events, Map<String, Long> cpuMicros) {

    static final String EVENTS = "rateguard_intake_events_total";

    static Reading of(Service intake, Map<String, Long> processes) {
        Map<String, Long> cpuMicros = new LinkedHashMap<>();
        double events = intake.metric(EVENTS);
        processes.forEach((name, pid) -> cpuMicros.put(name, CpuTime.micros(pid)));
        return new Reading(System.nanoTime(), events, cpuMicros);
    }
}
