package io.rateguard.alerts.evaluation;

/**
 * What a timed rule looked at, of one subject.
 *
 * @param subject what is measured; empty: the whole workspace
 * @param name what people call it
 * @param volume how many requests it was measured on
 * @param value in the unit of the rule's kind; shares in thousandths of a percent
 * @param threshold the value from which it is worth telling
 */
public record Measure(String subject, String name, long volume, long value, long threshold) {

    private static final long CALM_FIFTHS = 4;

    /** Nothing of the kind any more. */
    static Measure nothing(String subject) {
        return new Measure(subject, subject, 0, 0, 1);
    }

    /** What to make of it where this many requests make it worth a judgement. */
    Verdict judged(long minimum) {
        if (volume >= minimum && value >= threshold) {
            return Verdict.RAISED;
        }
        // Between these and the above it stays what it was: a value that wavers about its threshold is told once.
        boolean calm = 2 * volume < minimum || 5 * value <= CALM_FIFTHS * threshold;
        return calm ? Verdict.CALM : Verdict.BETWEEN;
    }

    enum Verdict {
        RAISED,
        BETWEEN,
        CALM
    }
}
