package io.rateguard.console.common.ui;

import io.rateguard.domain.limit.Partition;
import java.util.List;
import java.util.stream.Collectors;

/** What rules count apart, in plain words. */
public final class PartitionWords {

    private PartitionWords() {}

    /** {@code each key}, {@code each key and model}; empty where everything is counted together. */
    public static String each(List<Partition> per) {
        List<Partition> telling =
                per.stream().filter(it -> it != Partition.Field.WORKSPACE).toList();
        return telling.isEmpty()
                ? ""
                : "each " + telling.stream().map(PartitionWords::word).collect(Collectors.joining(" and "));
    }

    /** {@code key}, {@code IP address}, {@code value of team}. */
    public static String word(Partition partition) {
        return switch (partition) {
            case Partition.Tag tag -> "value of " + tag.name();
            case Partition.Field.IP -> "IP address";
            case Partition.Field.API -> "API";
            case Partition.Field field -> field.wireName();
        };
    }
}
