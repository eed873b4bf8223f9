package io.rateguard.proxy;

import static io.rateguard.proxy.testbed.TestBed.chatBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.net.http.HttpResponse;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests a budget looks at, and which it counts apart. */
class BudgetScopesIT {

    /** Less than one call can cost. */
    private static final long NOTHING = 1;

    private static final long ABOUT_TEN_CALLS = 80_000;

    private static final String ONCE =
            "{\"algorithm\":\"token-bucket\",\"unit\":\"requests\",\"capacity\":1,\"refill\":1,\"periodSeconds\":3600}";

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("scopes-" + ++workspaces);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
    }

    @Test
    void aBudgetOnATagACustomerOrAProjectLooksAtTheirRequestsOnly() {
        TestKey tagged = key("tags = '{\"team\":\"search\"}'");
        TestKey customers = key("customer = 'acme'");
        TestKey projects = key("project = 'assistant'");
        TestKey other = key("tags = '{\"team\":\"ads\"}', customer = 'zeta', project = 'other'");
        budget(NOTHING, "tag", "team:search", "[]");
        budget(NOTHING, "customer", "acme", "[]");
        budget(NOTHING, "project", "assistant", "[]");

        assertThat(chat(tagged).statusCode()).isEqualTo(402);
        assertThat(chat(customers).statusCode()).isEqualTo(402);
        assertThat(chat(projects).statusCode()).isEqualTo(402);
        assertThat(chat(other).statusCode()).isEqualTo(200);
    }

    @Test
    void eachValueIsChargedToItsOwnCounterAndAlertsForItself() {
        TestKey acme = key("customer = 'acme'");
        TestKey zeta = key("customer = 'zeta'");
        TestKey nobody = key("customer = NULL");
        BudgetId budget = budget(NOTHING, "workspace", "", "[\"customer\"]");
        bed.database()
                .execute(
                        "UPDATE budgets SET shutoff = false, ladder = ?::jsonb WHERE id = ?",
                        "[{\"percent\":100,\"action\":\"alert\"}]",
                        budget.value());

        RequestEvent first = recorded(chat(acme));
        RequestEvent second = recorded(chat(zeta));
        RequestEvent third = recorded(chat(nobody));
        Predicate<BudgetCrossed> used = crossed -> crossed.budget().equals(budget) && crossed.percent() == 100;
        bed.events()
                .await(seen -> bed.events().crossings().stream().filter(used).count() >= 3);

        assertThat(window(first)).endsWith("/4.acme");
        assertThat(window(second)).endsWith("/4.zeta");
        assertThat(window(third)).endsWith("/0.");
        assertThat(bed.events().crossings())
                .filteredOn(used)
                .extracting(BudgetCrossed::window, BudgetCrossed::spentNanos)
                .containsExactlyInAnyOrder(
                        tuple(window(first), first.metering().costNanos()),
                        tuple(window(second), second.metering().costNanos()),
                        tuple(window(third), third.metering().costNanos()));
    }

    @Test
    void aBudgetsYearStartsWhereItSays() {
        TestKey key = key("project = NULL");
        BudgetId budget = budget(ABOUT_TEN_CALLS, "workspace", "", "[]");
        bed.database().execute("UPDATE budgets SET fiscal_year_start = '04-15' WHERE id = ?", budget.value());

        assertThat(window(recorded(chat(key)))).matches("m.*-15");
    }

    @Test
    void oneValueThatIsUsedUpStopsNoOther() {
        TestKey acme = key("customer = 'acme'");
        TestKey zeta = key("customer = 'zeta'");
        budget(ABOUT_TEN_CALLS, "workspace", "", "[\"customer\"]");

        HttpResponse<String> reply = chat(acme);
        for (int more = 0; reply.statusCode() == 200 && more < 100; more++) {
            reply = chat(acme);
        }

        assertThat(reply.statusCode()).isEqualTo(402);
        assertThat(reply.body()).contains("per month for each customer");
        assertThat(chat(zeta).statusCode()).isEqualTo(200);
    }

    @Test
    void limitsGoByProjectToo() {
        TestKey first = key("project = 'first'");
        TestKey second = key("project = 'second'");
        TestKey none = key("project = NULL");
        bed.database().limit(workspace, "first only", "{\"project\":\"first\"}", "[]", ONCE);

        assertThat(chat(first).statusCode()).isEqualTo(200);
        assertThat(chat(first).statusCode()).isEqualTo(429);
        assertThat(chat(second).statusCode()).isEqualTo(200);
        assertThat(chat(none).statusCode()).isEqualTo(200);
    }

    @Test
    void limitsCountProjectsApartToo() {
        TestKey first = key("project = 'first'");
        TestKey second = key("project = 'second'");
        TestKey none = key("project = NULL");
        bed.database().limit(workspace, "each", "{}", "[\"project\"]", ONCE);

        assertThat(chat(first).statusCode()).isEqualTo(200);
        assertThat(chat(first).statusCode()).isEqualTo(429);
        assertThat(chat(second).statusCode()).isEqualTo(200);
        assertThat(chat(none).statusCode()).isEqualTo(200);
        assertThat(chat(none).statusCode()).isEqualTo(429);
    }

    @Test
    void theRecordNamesTheProject() {
        TestKey key = key("project = 'assistant'");

        assertThat(recorded(chat(key)).caller().project()).isEqualTo("assistant");
    }

    private static String window(RequestEvent event) {
        assertThat(event.charges()).hasSize(1);
        return event.charges().getFirst().window();
    }

    private static RequestEvent recorded(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(200);
        return bed.events()
                .of(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow());
    }

    private static HttpResponse<String> chat(TestKey key) {
        return bed.send(bed.chat(key, chatBody("gpt-4o-mini", 10)));
    }

    private TestKey key(String properties) {
        TestKey key = bed.database().key(workspace, "k");
        bed.database()
                .execute(
                        "UPDATE api_keys SET " + properties + " WHERE id = ?",
                        key.id().value());
        return key;
    }

    private BudgetId budget(long amountNanos, String type, String value, String per) {
        BudgetId budget = bed.database().budget(workspace, type + " " + value, amountNanos, "elastic");
        bed.database()
                .execute(
                        "UPDATE budgets SET scope_type = ?, scope_value = ?, per = ?::jsonb WHERE id = ?",
                        type,
                        value,
                        per,
                        budget.value());
        return budget;
    }
}
