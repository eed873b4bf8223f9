package io.rateguard.standalone.sample;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One kind of request that one key makes.
 *
 * @param model none where nothing is metered
 * @param perDay how many a weekday has at first
 * @param weeklyGrowth 0.05 for a twentieth more each week
 * @param days on which days of the history it is made
 */
record Workload(
        SampleKey key,
        SampleApi api,
        @Nullable String model,
        Route route,
        Rhythm rhythm,
        double perDay,
        double weeklyGrowth,
        Prompt prompt,
        Answer answer,
        Pace pace,
        Days days) {

    /** What is called; the endpoint is the path with its ids folded. */
    record Route(String method, String path, String endpoint) {}

    /** Input tokens in the middle: new ones, those read from the provider's cache and those written to it. */
    record Prompt(int fresh, int cached, int written) {}

    /**
     * @param tokens in the middle, reasoning included
     * @param reasoning the share of reasoning in them
     * @param maxTokens what the request allows
     * @param streamed the share of requests that are streamed
     */
    record Answer(int tokens, double reasoning, int maxTokens, double streamed) {}

    /** How fast the provider is in the middle: until the first token, and from then on. */
    record Pace(double firstByteMillis, double tokensPerSecond) {}

    /** Days of the history from the first, 0; both are included. */
    record Days(int first, int last) {

        static final Days ALL = new Days(0, Integer.MAX_VALUE);

        boolean hold(int day) {
            return day >= first && day <= last;
        }
    }

    /** How many requests the hour is expected to have. */
    double expected(Instant hour, int day) {
        return days.hold(day)
                ? perDay * rhythm.share(hour) * Math.pow(1 + weeklyGrowth, (day - days.first()) / 7.0)
                : 0;
    }
}
