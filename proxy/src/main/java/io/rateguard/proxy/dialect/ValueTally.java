package io.rateguard.proxy.dialect;

import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Takes one number out of a reply: in millionths, rounded up. What is no number from 0 up is as good as none. */
final class ValueTally implements Tally<ValueTally.Field> {

    private static final int MICRO_DIGITS = 6;

    /** Of 32 characters, a number with more decimal places is below a millionth. */
    private static final int MOST_PLACES = 64;

    private @Nullable Long micros;
    private boolean whole;

    enum Field {
        VALUE
    }

    static FieldTree<Field> tree(JsonPointer pointer) {
        return FieldTree.of(Field.VALUE, pointer.steps());
    }

    @Override
    public void enter(Field field) {
        micros = null;
    }

    @Override
    public void leave(Field field) {}

    @Override
    public void number(Field field, long value) {}

    @Override
    public void decimal(Field field, String digits) {
        micros = micros(digits);
    }

    @Override
    public void string(Field field, CapturedText text) {
        micros = null;
    }

    @Override
    public void documentEnded(boolean complete) {
        whole = complete;
    }

    @Override
    public void done() {}

    @Override
    public boolean onlyReportedUsage() {
        return false;
    }

    @Override
    public Reading reading() {
        return micros == null
                ? Reading.NOTHING
                : new Reading(
                        CallPrice.ONE.with(UsageClass.VALUE_MICROS, micros),
                        whole ? UsageSource.PROVIDER : UsageSource.PARTIAL,
                        null,
                        null,
                        whole);
    }

    private static @Nullable Long micros(String digits) {
        try {
            BigDecimal value = new BigDecimal(digits);
            if (value.signum() == 0) {
                return 0L;
            }
            if (value.signum() < 0 || value.precision() - (long) value.scale() > MICRO_DIGITS * 2L) {
                return null;
            }
            // Bringing a tiny number to so many places would take the event loop for minutes.
            return value.scale() > MOST_PLACES
                    ? 1L
                    : value.movePointRight(MICRO_DIGITS)
                            .setScale(0, RoundingMode.CEILING)
                            .longValueExact();
        } catch (ArithmeticException | NumberFormatException unfit) {
            return null;
        }
    }
}
