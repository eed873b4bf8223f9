package io.rateguard.domain.key;

import io.rateguard.domain.id.ApiKeyId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which keys count as one: a key and all that followed it by rotation are a line, named by the id of the first.
 *
 * @param lineOf of every key that followed another
 */
public record KeyLines(Map<ApiKeyId, ApiKeyId> lineOf) {

    public static final KeyLines NONE = new KeyLines(Map.of());

    public KeyLines {
        lineOf = Map.copyOf(lineOf);
    }

    public ApiKeyId of(ApiKeyId key) {
        return lineOf.getOrDefault(key, key);
    }

    /** Every key of a line. */
    public Set<ApiKeyId> members(ApiKeyId line) {
        return Stream.concat(
                        Stream.of(line),
                        lineOf.entrySet().stream()
                                .filter(each -> each.getValue().equals(line))
                                .map(Map.Entry::getKey))
                .collect(Collectors.toUnmodifiableSet());
    }
}
