package io.rateguard.bench;

/**
 * How long everything takes, in milliseconds, and how often it is repeated.
 *
 * @param heatUpRequests answered by each contender before the first round, so that the JIT compilers have done their
 *     work; the first half over an eighth of the connections
 * @param heatUpMillis of that at most
 * @param streams at once, in rounds of their own
 */
record Plan(
        int connections,
        long heatUpRequests,
        long heatUpMillis,
        int closedRounds,
        long closedMillis,
        int openRounds,
        long openMillis,
        int streams,
        int streamRounds,
        long streamMillis,
        long settleMillis) {

    /** Under three minutes, start-up included. */
    static final Plan QUICK = new Plan(64, 40_000, 45_000, 5, 3_000, 4, 3_000, 32, 3, 3_000, 500);

    static final Plan FULL = new Plan(64, 200_000, 150_000, 9, 8_000, 9, 8_000, 32, 9, 8_000, 1_000);
}
