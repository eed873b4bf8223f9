package io.rateguard.bench;

import io.rateguard.bench.load.LoadResult;
import java.util.Map;

/**
 * One contender in one round.
 *
 * @param cpuMicros processor time of each process per answered request, of streams per chunk, by process
 * @param allocatedBytes by the proxy's event loops, per answered request, of streams per chunk; 0 where there is no proxy
 */
record Sample(LoadResult load, Map<String, Double> cpuMicros, double allocatedBytes) {

    double cpu(String process) {
        return cpuMicros.getOrDefault(process, 0.0);
    }
}
