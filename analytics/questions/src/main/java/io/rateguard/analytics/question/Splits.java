package io.rateguard.analytics.question;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rows of each rollup are split by, and which of them a question can be answered from. */
final class Splits {

    /** By API and model alone. */
    private static final String MODEL = "model";

    private static final Set<GroupBy> CORE = EnumSet.of(GroupBy.API, GroupBy.MODEL);

    private Splits() {}

    /** The table of quarter hours that has what is asked for. */
    static String quarters(UsageQuestion question) {
        if (question.tag() != null) {
            return "usage_by_tag";
        }
        if (question.groupBy().contains(GroupBy.CUSTOMER)) {
            return "usage_by_customer";
        }
        return CORE.containsAll(question.groupBy()) ? "usage_by_model" : "usage_by_quarter";
    }

    /** The split of {@code usage_by_span} that has what is asked for in hours, days or weeks; none where there is none. */
    static Optional<String> of(UsageQuestion question, Grain grain) {
        if (!question.stepsIn(grain)) {
            return Optional.empty();
        }
        return switch (grain) {
            case MINUTE, QUARTER -> Optional.empty();
            case HOUR -> ofHours(question);
            case DAY -> ofDays(question);
            case WEEK -> ofWeeks(question);
        };
    }

    private static Optional<String> ofHours(UsageQuestion question) {
        if (question.tag() != null) {
            return question.groupBy().isEmpty() ? Optional.of(tag(question)) : Optional.empty();
        }
        return CORE.containsAll(question.groupBy()) ? Optional.of(MODEL) : Optional.empty();
    }

    private static Optional<String> ofDays(UsageQuestion question) {
        List<GroupBy> others = question.groupBy().stream()
                .filter(group -> !CORE.contains(group))
                .toList();
        if (question.tag() != null) {
            return others.isEmpty() ? Optional.of(tag(question)) : Optional.empty();
        }
        if (others.isEmpty()) {
            return Optional.of(MODEL);
        }
        return others.size() == 1 ? Optional.of(others.getFirst().wireName()) : Optional.empty();
    }

    private static Optional<String> ofWeeks(UsageQuestion question) {
        boolean isAlone = question.groupBy().size() == 1;
        return ofDays(question).filter(split -> switch (split) {
            case "endpoint" -> true;
            case "key", "customer" -> isAlone;
            default -> false;
        });
    }

    private static String tag(UsageQuestion question) {
        return "tag." + question.tag();
    }
}
