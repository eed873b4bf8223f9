package io.rateguard.drills.window;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/** How requests come: their instants in milliseconds, in order. */
record Arrivals(String name, BiFunction<Stretch, SplittableRandom, LongStream> shape) {

    /** Below what the limit lets pass, and evenly spread. */
    static final Arrivals EVEN_BELOW =
            new Arrivals("even, nine tenths of the limit", (stretch, random) -> even(stretch, 0.9));

    static final List<Arrivals> ALL = List.of(
            EVEN_BELOW,
            new Arrivals("even, twice the limit", (stretch, random) -> even(stretch, 2)),
            new Arrivals("random, nine tenths of the limit", (stretch, random) -> random(stretch, random, 0.9)),
            new Arrivals("random, twice the limit", (stretch, random) -> random(stretch, random, 2)),
            new Arrivals("bursts at random instants", Arrivals::burstsAnywhere),
            new Arrivals("a burst at each window's start", (stretch, random) -> bursts(stretch, 0)),
            new Arrivals(
                    "a burst at each window's end", (stretch, random) -> bursts(stretch, stretch.windowMillis() - 1)),
            new Arrivals("a burst at a window's start, then a pause", (stretch, random) -> burstThenPause(stretch)),
            new Arrivals(
                    "a burst at a window's end, then all that passes", (stretch, random) -> burstThenMore(stretch)));

    /**
     * @param windows how many of the limit's windows the arrivals fill
     * @param max what the limit lets pass in one
     */
    record Stretch(long windowMillis, int windows, int max) {

        long millis() {
            return windowMillis * windows;
        }
    }

    long[] in(Stretch stretch, long seed) {
        long[] instants = shape.apply(stretch, new SplittableRandom(seed)).toArray();
        Arrays.sort(instants);
        return instants;
    }

    private static LongStream even(Stretch stretch, double timesMax) {
        long count = count(stretch, timesMax);
        return LongStream.range(0, count).map(i -> i * stretch.millis() / count);
    }

    private static LongStream random(Stretch stretch, SplittableRandom random, double timesMax) {
        return random.longs(count(stretch, timesMax), 0, stretch.millis());
    }

    /** As many as the limit at once, once a window, at an instant of it that is drawn. */
    private static LongStream burstsAnywhere(Stretch stretch, SplittableRandom random) {
        return LongStream.range(0, stretch.windows())
                .flatMap(window ->
                        burst(stretch, window * stretch.windowMillis() + random.nextLong(stretch.windowMillis())));
    }

    private static LongStream bursts(Stretch stretch, long atMillis) {
        return LongStream.range(0, stretch.windows())
                .flatMap(window -> burst(stretch, window * stretch.windowMillis() + atMillis));
    }

    /** The worst for what is held back: the burst has left the sliding window as soon as the next one begins. */
    private static LongStream burstThenPause(Stretch stretch) {
        return LongStream.range(0, stretch.windows() / 2)
                .map(pair -> 2 * pair * stretch.windowMillis())
                .flatMap(start ->
                        LongStream.concat(burst(stretch, start), LongStream.of(start + stretch.windowMillis())));
    }

    /** The worst for what passes: the formula forgets the burst bit by bit, the sliding window all at once. */
    private static LongStream burstThenMore(Stretch stretch) {
        long window = stretch.windowMillis();
        return LongStream.range(0, stretch.windows() / 2)
                .map(pair -> 2 * pair * window)
                .flatMap(start -> LongStream.concat(
                        burst(stretch, start + window - 1),
                        LongStream.range(0, 2L * stretch.max())
                                .map(i -> start + window + i * window / (2L * stretch.max()))));
    }

    private static LongStream burst(Stretch stretch, long atMillis) {
        return LongStream.range(0, stretch.max()).map(i -> atMillis);
    }

    private static long count(Stretch stretch, double timesMax) {
        return Math.round(timesMax * stretch.max() * stretch.windows());
    }
}
