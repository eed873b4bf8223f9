package io.rateguard.drills.events;

/** So many requests, and what they cost. */
record Sums(long requests, long costNanos) {

    static final Sums NONE = new Sums(0, 0);

    Sums plus(Sums other) {
        return new Sums(Math.addExact(requests, other.requests), Math.addExact(costNanos, other.costNanos));
    }

    Sums plusOne(long cost) {
        return plus(new Sums(1, cost));
    }
}
