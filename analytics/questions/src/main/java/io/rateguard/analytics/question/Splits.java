package io.rateguard.analytics.question;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the rows of each rollup are split by, and which of them a question can be answered from. */
final class Splits {

    private static final String ALL = "all";
    private static final String MODEL = "model";
    private static final String ENDPOINT = "endpoint";
    private static final String CUSTOMER = "customer";
    private static final String KEY = "key";
    private static final String KEY_MODEL = "key.model";

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

    /** The split of {@code usage_by_split} that has what is asked for in hours, days or weeks; none where there is none. */
    static Optional<String> of(UsageQuestion question, Grain grain) {
        if (!question.stepsIn(grain)) {
            return Optional.empty();
        }
        return question.tag() == null ? ofGroups(question.groupBy(), grain) : ofTag(question.tag(), question, grain);
    }

    private static Optional<String> ofTag(String tag, UsageQuestion question, Grain grain) {
        boolean isThere = switch (grain) {
            case HOUR -> question.groupBy().isEmpty();
            case DAY -> CORE.containsAll(question.groupBy());
            case MINUTE, QUARTER, WEEK -> false;
        };
        return isThere ? Optional.of("tag." + tag) : Optional.empty();
    }

    private static Optional<String> ofGroups(Set<GroupBy> groups, Grain grain) {
        Set<GroupBy> others = EnumSet.noneOf(GroupBy.class);
        others.addAll(groups);
        others.removeAll(CORE);
        if (others.isEmpty()) {
            return Optional.of(groups.isEmpty() && grain == Grain.HOUR ? ALL : MODEL);
        }
        if (others.size() > 1) {
            return Optional.empty();
        }
        boolean isAlone = groups.size() == 1;
        return switch (others.iterator().next()) {
            case ENDPOINT -> Optional.of(ENDPOINT);
            case KEY -> isAlone ? Optional.of(KEY) : Optional.of(KEY_MODEL).filter(split -> grain == Grain.DAY);
            case CUSTOMER ->
                Optional.of(CUSTOMER).filter(split -> grain == Grain.DAY || (grain == Grain.WEEK && isAlone));
            case API, MODEL -> throw new IllegalStateException("not among the others");
        };
    }
}
