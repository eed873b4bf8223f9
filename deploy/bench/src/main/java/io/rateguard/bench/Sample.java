package io.rateguard.bench;

import io.rateguard.bench.load.LoadResult;
import java.util.Map;

/**
 * One contender in one round.
 *
 * @param cpuMicros processor time of each process per answered request, by process
 */
record Sample(LoadResult load, Map<String, Double> cpuMicros) {

    double cpu(String process) {
        return cpuMicros.getOrDefault(process, 0.0);
    }
}
