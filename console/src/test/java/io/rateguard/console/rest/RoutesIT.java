package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Changes;
import io.rateguard.console.fixture.Changes.Way;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Role;
import io.rateguard.domain.key.Secret;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the management API by every role, in its own workspace and from another one. */
class RoutesIT {

    private static final String WITHIN = "/api/v1/workspaces/{workspace}/";

    /** Whoever adds a route adds it here, or to {@link Changes}. */
    private static final String BACKTEST = "{\"name\":\"tried\",\"limit\":{\"algorithm\":\"concurrency\",\"max\":1}}";

    private static final List<Way> READS = List.of(
            read("apis"),
            read("apis/{api}", "apis"),
            read("keys"),
            read("keys/{key}", "keys"),
            read("limits"),
            read("limits/{limit}", "limits"),
            new Way("POST limits/backtest", Action.READ, "", BACKTEST, "", ""),
            read("budgets"),
            read("budgets/{budget}", "budgets"),
            read("budgets/{budget}/holds", "budgets"),
            read("budgets/{budget}/burndown", "budgets"),
            read("prices"),
            read("prices/{price}", "prices"),
            read("prices/unpriced"),
            read("prices/imports"),
            read("prices/imports/{number}", "price-imports"),
            read("rerates"),
            read("rerates/{rerate}", "rerates"),
            read("requests"),
            read("requests/{requestId}", "requests"),
            read("usage"),
            read("channels"),
            read("channels/{channel}", "channels"),
            read("channels/{channel}/deliveries", "channels"),
            read("alert-history"),
            read("alert-rules"),
            read("alert-rules/{rule}", "alert-rules"),
            read("settings"),
            read("members"),
            read("members/{member}", "members"),
            new Way("GET invitations", Action.ADMINISTER, "", "", "", ""),
            new Way("GET audit", Action.ADMINISTER, "", "", "", ""));

    private static final Set<String> OF_NO_WORKSPACE = Set.of(
            "GET /api/v1/workspaces",
            "GET /api/v1/workspaces/{slug}",
            "DELETE /api/v1/workspaces/{slug}",
            "GET /api/v1/openapi.json",
            "GET /api/v1/openapi.json.yaml");

    private static final Map<Role, Secret> TOKENS = new EnumMap<>(Role.class);

    private final RunningConsole console = RunningConsole.get();
    private final String unique = unique();

    @BeforeAll
    static void issueTokens() throws SQLException {
        for (Role role : Role.values()) {
            TOKENS.put(role, RunningConsole.get().database().token("acme", role.wireName()));
        }
    }

    static List<Way> routes() {
        return Stream.concat(READS.stream(), Changes.ALL.stream()).toList();
    }

    @Test
    void knowsEveryRoute() {
        Set<String> known = new TreeSet<>(OF_NO_WORKSPACE);
        routes().forEach(way -> known.add(way.route().replace(" ", " " + WITHIN)));

        assertThat(served()).containsExactlyInAnyOrderElementsOf(known);
    }

    private Set<String> served() {
        Set<String> served = new TreeSet<>();
        console.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> {
                    for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                        mapping.getPatternValues().forEach(path -> served.add(method + " " + path));
                    }
                });
        return served;
    }

    @ParameterizedTest
    @MethodSource("routes")
    void letsThroughThoseWhoseRoleMay(Way way) throws SQLException {
        for (Role role : Role.values()) {
            Answer answer = ask(way, "acme", thing(way, role.wireName()), TOKENS.get(role));

            if (role.may(way.needs())) {
                assertThat(answer.status()).as(role + ": " + answer.text()).isBetween(200, 299);
            } else {
                assertThat(answer.status()).as(role + ": " + answer.text()).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isNotThereForOthers(Way way) throws SQLException {
        String id = thing(way, "theirs");

        assertThat(ask(way, "acme", id, console.otherToken()).status()).isEqualTo(404);
        assertThat(ask(way, "acme", id, null).status()).isEqualTo(401);
        if (!way.thing().isEmpty() && !way.thing().equals(Changes.SHIPPED_PRICES)) {
            assertThat(ask(way, "other", id, console.otherToken()).status())
                    .as("a thing of acme in another workspace")
                    .isEqualTo(404);
        }
    }

    private String thing(Way way, String name) throws SQLException {
        return way.thing().isEmpty() ? "" : Changes.create(console, way.thing(), unique + "-" + name);
    }

    private Answer ask(Way way, String workspace, String id, Secret token) throws SQLException {
        String body = way.method().equals("GET") ? null : way.body(console, unique());
        return console.ask(way.method(), "/api/v1/workspaces/" + workspace + "/" + way.path(id), token, body);
    }

    private static String unique() {
        return "route-" + Long.toHexString(UUID.randomUUID().getMostSignificantBits());
    }

    private static Way read(String path) {
        return read(path, "");
    }

    private static Way read(String path, String thing) {
        return new Way("GET " + path, Action.READ, thing, "", "", "");
    }
}
