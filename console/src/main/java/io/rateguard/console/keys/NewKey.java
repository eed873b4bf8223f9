package io.rateguard.console.keys;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as a client describes it; {@code apis} absent or null means every API, those to come too. Models, endpoints and
 * addresses mean all where none is named.
 *
 * @param owner who answers for it, for people
 */
public record NewKey(
        @Nullable String name,
        @Nullable String environment,
        @Nullable List<String> apis,
        @Nullable Map<String, String> tags,
        @Nullable String project,
        @Nullable String owner,
        @Nullable String customer,
        @Nullable String customerHeader,
        @Nullable Instant expiresAt,
        @Nullable List<String> models,
        @Nullable List<String> endpoints,
        @Nullable List<String> ipRanges) {

    /** With nothing said but what it is called and for which APIs it is. */
    static NewKey named(String name, List<String> apis) {
        return new NewKey(name, null, apis, null, null, null, null, null, null, null, null, null);
    }

    /** As the key is. */
    static NewKey of(Keys.Key key) {
        return new NewKey(
                key.name(),
                key.environment(),
                key.apis(),
                key.tags(),
                key.project(),
                key.owner(),
                key.customer(),
                key.customerHeader().wireName(),
                key.expiresAt(),
                key.models(),
                key.endpoints(),
                key.ipRanges());
    }

    /** Refuses what is no pattern and no block of addresses; which APIs there are, this does not know. */
    void requireScope() {
        Problem.valid(() -> KeyScope.parse(null, orNone(models), orNone(endpoints), orNone(ipRanges)));
    }

    CustomerHeader trust() {
        String wanted = customerHeader;
        return wanted == null ? CustomerHeader.IGNORED : Problem.valid(() -> CustomerHeader.ofWireName(wanted));
    }

    public static List<String> orNone(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts.stream().distinct().toList();
    }
}
