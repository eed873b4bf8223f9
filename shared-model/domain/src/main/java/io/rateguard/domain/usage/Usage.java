package io.rateguard.domain.usage;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts per {@link UsageClass}, none negative; a class that is not named counts zero. */
public final class Usage {

    public static final Usage NONE = new Usage(new long[UsageClass.values().length]);

    private static final UsageClass[] CLASSES = UsageClass.values();

    private final long[] counts;

    private Usage(long[] counts) {
        this.counts = counts;
    }

    public static Usage of(Map<UsageClass, Long> counts) {
        Builder builder = builder();
        counts.forEach(builder::set);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same use, but for one class. */
    public Usage with(UsageClass usageClass, long count) {
        Builder builder = builder();
        System.arraycopy(counts, 0, builder.counts, 0, counts.length);
        return builder.set(usageClass, count).build();
    }

    public long count(UsageClass usageClass) {
        return counts[usageClass.ordinal()];
    }

    public long inputTokens() {
        return total(UsageClass.Kind.INPUT_TOKENS);
    }

    public long outputTokens() {
        return total(UsageClass.Kind.OUTPUT_TOKENS);
    }

    public long totalTokens() {
        return Math.addExact(inputTokens(), outputTokens());
    }

    public boolean isEmpty() {
        return Arrays.equals(counts, NONE.counts);
    }

    /** The classes that count more than zero, in the order of the enum. */
    public Map<UsageClass, Long> counts() {
        Map<UsageClass, Long> named = new EnumMap<>(UsageClass.class);
        for (UsageClass usageClass : CLASSES) {
            if (count(usageClass) > 0) {
                named.put(usageClass, count(usageClass));
            }
        }
        return named;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Usage usage && Arrays.equals(counts, usage.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return counts().toString();
    }

    private long total(UsageClass.Kind kind) {
        long sum = 0;
        for (UsageClass usageClass : CLASSES) {
            if (usageClass.kind() == kind) {
                sum = Math.addExact(sum, counts[usageClass.ordinal()]);
            }
        }
        return sum;
    }

    /** Collects counts; setting a class again replaces it. */
    public static final class Builder {

        private final long[] counts = new long[CLASSES.length];

        private Builder() {}

        public Builder set(UsageClass usageClass, long count) {
            if (count < 0) {
                throw new IllegalArgumentException(usageClass.wireName() + ": " + count + " (expected: 0 or more)");
            }
            counts[usageClass.ordinal()] = count;
            return this;
        }

        public Usage build() {
            return new Usage(counts.clone());
        }
    }
}
