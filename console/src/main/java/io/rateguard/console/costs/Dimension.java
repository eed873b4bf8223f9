package io.rateguard.console.costs;

import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What costs are cut by: an attribute of requests, or a tag. Its wire name is that of the management API. */
public sealed interface Dimension {

    String TAG = "tag.";

    String wireName();

    /** As a heading: {@code Model}, {@code Tag team}. */
    String words();

    /** What those are called that have none: {@code No model}. */
    String wordsOfNone();

    /** What a row of usage that is split by it has; null where it has none. */
    @Nullable
    String valueIn(UsageRow row);

    /** An attribute that every request may have. */
    record Attribute(GroupBy groupBy) implements Dimension {

        @Override
        public String wireName() {
            return groupBy.wireName();
        }

        @Override
        public String words() {
            return switch (groupBy) {
                case API -> "API";
                case KEY -> "Key";
                case ENDPOINT -> "Endpoint";
                case MODEL -> "Model";
                case CUSTOMER -> "Customer";
            };
        }

        @Override
        public String wordsOfNone() {
            return "No " + (groupBy == GroupBy.API ? words() : wireName());
        }

        @Override
        public @Nullable String valueIn(UsageRow row) {
            return switch (groupBy) {
                case API -> row.api();
                case KEY -> row.key() == null ? null : row.key().toString();
                case ENDPOINT -> row.endpoint();
                case MODEL -> row.model();
                case CUSTOMER -> row.customer();
            };
        }
    }

    /** A tag by its name. */
    record Tag(String name) implements Dimension {

        @Override
        public String wireName() {
            return TAG + name;
        }

        @Override
        public String words() {
            return "Tag " + name;
        }

        @Override
        public String wordsOfNone() {
            return "No tag " + name;
        }

        @Override
        public @Nullable String valueIn(UsageRow row) {
            return row.tagValue();
        }
    }

    /** The attributes, then these tags. */
    static List<Dimension> all(List<String> tags) {
        return Stream.<Dimension>concat(
                        Arrays.stream(GroupBy.values()).map(Attribute::new),
                        tags.stream().map(Tag::new))
                .toList();
    }

    static Optional<Dimension> ofWireName(String name) {
        if (name.startsWith(TAG) && name.length() > TAG.length()) {
            return Optional.of(new Tag(name.substring(TAG.length())));
        }
        return Arrays.stream(GroupBy.values())
                .filter(group -> group.wireName().equals(name))
                .<Dimension>map(Attribute::new)
                .findFirst();
    }
}
