package io.rateguard.proxy.local;

import io.rateguard.domain.id.ApiKeyId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many output tokens the requests of a key to a model have used lately: what 95 of 100 of them stay within. Nothing
 * is said before {@value OutputHistogram#FEWEST} of them, and of pairs that have been quiet for long.
 */
public final class LearnedOutputs {

    /** Of each of two generations; the older one is forgotten when the younger is full. */
    private static final int MOST_PAIRS = 20_000;

    private record Pair(ApiKeyId key, String model) {}

    private final int most;
    private final LongAdder seen = new LongAdder();
    private final LongAdder exceeded = new LongAdder();
    private volatile Map<Pair, OutputHistogram> young = new ConcurrentHashMap<>();
    private volatile Map<Pair, OutputHistogram> old = Map.of();

    public LearnedOutputs() {
        this(MOST_PAIRS);
    }

    LearnedOutputs(int most) {
        this.most = most;
    }

    /** The output tokens that 95 of 100 requests stay within, at most a fifth too high; empty where little is known. */
    public OptionalLong usual(ApiKeyId key, @Nullable String model) {
        OutputHistogram known = model == null ? null : known(new Pair(key, model));
        return known == null ? OptionalLong.empty() : known.usual();
    }

    /** @param estimated what had been expected of this request */
    public void saw(ApiKeyId key, String model, long outputTokens, long estimated) {
        seen.increment();
        if (outputTokens > estimated) {
            exceeded.increment();
        }
        Pair pair = new Pair(key, model);
        OutputHistogram histogram = known(pair);
        if (histogram == null) {
            histogram = young.computeIfAbsent(pair, unseen -> new OutputHistogram());
            if (young.size() >= most) {
                old = young;
                young = new ConcurrentHashMap<>();
            }
        }
        histogram.add(outputTokens);
    }

    /** How many replies told what they used. */
    public long seen() {
        return seen.sum();
    }

    /** How many of them used more than had been expected. */
    public long exceeded() {
        return exceeded.sum();
    }

    private @Nullable OutputHistogram known(Pair pair) {
        OutputHistogram histogram = young.get(pair);
        if (histogram == null) {
            histogram = old.get(pair);
            if (histogram != null) {
                young.putIfAbsent(pair, histogram);
            }
        }
        return histogram;
    }
}
