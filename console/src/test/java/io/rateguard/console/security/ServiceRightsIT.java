package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.audit.AuditFilter;
import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.LiveTail;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.usage.UsageSource;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Service;

/**
 * Every public method of a service that takes a workspace, by every role, in their own workspace and in another one. The
 * arguments are made up: whoever may gets an answer, or an objection to those; whoever may not gets to neither.
 */
class ServiceRightsIT {

    /** Whoever adds a method adds it here. */
    private static final Map<Action, String> TABLE = new EnumMap<>(Map.of(
            Action.READ,
            """
            AlertHistory.goingOn AlertHistory.recent AlertRules.list AlertRules.read ApiHealths.read Apis.list Apis.read Backtests.ask
            BudgetDetails.burndown BudgetDetails.holds Budgets.definition Budgets.definitions Budgets.list Budgets.names
            Budgets.read Channels.deliveries Channels.list Channels.read
            Corrections.read Corrections.rerates Costs.export Costs.read Exports.requests Exports.usage
            IncreaseOffers.read KeyUses.last Keys.list Keys.named Keys.newest Keys.present Keys.read
            Limits.list Limits.read Limits.unit Members.list Members.read Overview.earlier Overview.export Overview.read
            PriceImports.holds PriceImports.list PriceImports.named PriceImports.read Prices.list Prices.named Prices.read
            Requests.adjustments Requests.explained Requests.export Requests.exportUsage Requests.follow Requests.list
            Requests.newest Requests.read Requests.tags Requests.upTo Requests.usage Requests.usageCountsSince
            Search.find UnpricedRequests.read UsedNames.models UsedNames.tags WorkspaceSettings.read Workspaces.require""",
            Action.EDIT_APIS,
            "Apis.change Apis.create Apis.delete ConnectionTests.test",
            Action.EDIT_KEYS,
            """
            Keys.create Keys.edit Keys.lend Keys.requireWorking Keys.resume Keys.revoke Keys.rotate Keys.suspend
            Playground.lend Playground.send""",
            Action.EDIT_LIMITS,
            "Limits.change Limits.create Limits.delete",
            Action.EDIT_BUDGETS,
            "Budgets.change Budgets.create Budgets.delete Budgets.increase IncreaseOffers.take",
            Action.EDIT_PRICES,
            """
            Corrections.adjust Corrections.rerate PriceImports.apply PriceImports.draft PriceImports.goBack Prices.create
            Prices.delete UnpricedRequests.decide""",
            Action.EDIT_ALERTS,
            "AlertRules.create AlertRules.delete AlertRules.mute Channels.create Channels.delete Channels.test",
            Action.ADMINISTER,
            """
            Audit.export Audit.list Invitations.invite Invitations.list Invitations.revoke Members.changeRole
            Members.remove WorkspaceSettings.change WorkspaceSettings.removesBefore Workspaces.resume Workspaces.suspend""",
            Action.DELETE_WORKSPACE,
            "WorkspaceSettings.delete"));

    /** For services that have asked already, within their transaction: out of it, every workspace is empty. */
    private static final Set<String> WITHIN =
            Set.of("Apis.requireSlugs", "Budgets.requireExists", "Keys.nameOf", "Keys.requireLine", "Limits.coverAll");

    /** For the console itself, which counts in nobody's name. */
    private static final Set<String> IN_NOBODYS_NAME = Set.of("Keys.lines");

    private static final Map<Role, UUID> ACCOUNTS = new EnumMap<>(Role.class);
    private static final UUID NOBODY = new UUID(0x7000, Long.MIN_VALUE);
    private static final Set<Class<?>> NAME_A_WORKSPACE = Set.of(WorkspaceId.class, Workspace.class);

    private final RunningConsole console = RunningConsole.get();
    private Workspace own;

    /** Those that ask who calls. */
    static List<Call> calls() {
        return all().stream()
                .filter(call -> !WITHIN.contains(call.toString()) && !IN_NOBODYS_NAME.contains(call.toString()))
                .toList();
    }

    static List<Call> callsWithin() {
        return all().stream().filter(call -> WITHIN.contains(call.toString())).toList();
    }

    private static List<Call> all() {
        return RunningConsole.get().context().getBeansWithAnnotation(Service.class).values().stream()
                .flatMap(service -> Arrays.stream(service.getClass().getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && takesAWorkspace(method))
                        .map(method -> new Call(service, method)))
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }

    private static boolean takesAWorkspace(Method method) {
        // These take its slug.
        return method.getDeclaringClass() == Workspaces.class
                        && List.of(method.getParameterTypes()).equals(List.of(String.class))
                || Arrays.stream(method.getParameterTypes()).anyMatch(NAME_A_WORKSPACE::contains);
    }

    @BeforeAll
    static void openAccounts() throws SQLException {
        try (Connection owner = RunningConsole.get().database().owner()) {
            for (Role role : Role.values()) {
                UUID id = UUID.randomUUID();
                TestDatabase.change(
                        owner,
                        "INSERT INTO users (id, email, name) VALUES ('" + id + "', '" + id + "', '" + role + "')");
                ACCOUNTS.put(role, id);
            }
        }
    }

    /** With somebody in each role. */
    @BeforeEach
    void openAWorkspace() throws SQLException {
        UUID id = UUID.randomUUID();
        own = new Workspace(new WorkspaceId(id), "matrix-" + id, "Matrix", ZoneOffset.UTC, false);
        try (Connection owner = console.database().owner()) {
            TestDatabase.change(
                    owner,
                    "INSERT INTO workspaces (id, slug, name) VALUES ('" + id + "', '" + own.slug() + "', 'Matrix')");
            for (Role role : Role.values()) {
                TestDatabase.change(
                        owner,
                        "INSERT INTO memberships (workspace_id, user_id, role) VALUES ('" + id + "', '"
                                + ACCOUNTS.get(role) + "', '" + role.wireName() + "')");
            }
        }
    }

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void knowsEveryMethod() {
        List<String> listed = Stream.of(
                        TABLE.values().stream().flatMap(ServiceRightsIT::names),
                        WITHIN.stream(),
                        IN_NOBODYS_NAME.stream())
                .flatMap(names -> names)
                .toList();

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(all().stream().map(Call::toString).distinct()).containsExactlyInAnyOrderElementsOf(listed);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void letsThroughThoseWhoseRoleMay(Call call) {
        Action needs = needs(call);
        // The owner last, who may delete what the others need.
        for (Role role : Arrays.asList(Role.values()).reversed()) {
            signIn(role);

            Throwable failure = call.failure(own);

            if (role.may(needs)) {
                assertThat(failure == null || KnownFailures.problem(failure).isPresent())
                        .as(role + ": " + failure)
                        .isTrue();
                assertThat(failure == null ? "" : failure.getMessage())
                        .as(role.wireName())
                        .doesNotContain(" may not ", "workspace: not found");
            } else {
                assertThat(failure)
                        .as(role.wireName())
                        .isInstanceOf(Problem.class)
                        .hasMessage("role " + role.wireName() + " may not " + needs.words());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void findsNothingOfAnotherWorkspace(Call call) throws SQLException {
        Workspace other = other();
        for (Role role : Role.values()) {
            signIn(role);

            assertThat(call.failure(other))
                    .as(role.wireName())
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("workspace: ")
                    .extracting(it -> ((Problem) it).code())
                    .isEqualTo("not_found");
        }
    }

    @ParameterizedTest
    @MethodSource("callsWithin")
    void showsNothingOutsideOfATransaction(Call call) throws SQLException {
        Workspace nowhere = new Workspace(new WorkspaceId(UUID.randomUUID()), "nowhere", "", ZoneOffset.UTC, false);
        signIn(Role.OWNER);
        String nothing = call.outcome(nowhere);

        assertThat(call.outcome(own)).isEqualTo(nothing);
        assertThat(call.outcome(other())).isEqualTo(nothing);
    }

    private Workspace other() throws SQLException {
        return new Workspace(console.database().workspace("other"), "other", "Other", ZoneOffset.UTC, false);
    }

    private static Stream<String> names(String row) {
        return Stream.of(row.strip().split("\\s+"));
    }

    private Action needs(Call call) {
        return TABLE.entrySet().stream()
                .filter(row -> names(row.getValue()).anyMatch(call.toString()::equals))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static void signIn(Role role) {
        SignedIn.as(ACCOUNTS.get(role), role.wireName());
    }

    /** A method of a service. */
    record Call(Object service, Method method) {

        /** What came of it, with made-up arguments: an answer or an objection. */
        String outcome(Workspace workspace) {
            try {
                return String.valueOf(invoke(workspace));
            } catch (InvocationTargetException failed) {
                return failed.getCause().toString();
            }
        }

        /** The objection to made-up arguments; null: there was an answer. */
        Throwable failure(Workspace workspace) {
            try {
                switch (invoke(workspace)) {
                    case LiveTail.Following following -> following.close();
                    case Requests.Newest newest -> newest.following().close();
                    case null, default -> {}
                }
                return null;
            } catch (InvocationTargetException failed) {
                return failed.getCause();
            }
        }

        private Object invoke(Workspace workspace) throws InvocationTargetException {
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(type ->
                            method.getDeclaringClass() == Workspaces.class ? workspace.slug() : made(type, workspace))
                    .toArray();
            try {
                return method.invoke(service, arguments);
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private Object made(Class<?> type, Workspace workspace) {
            Instant now = Instant.parse("2026-11-01T00:00:00Z");
            if (type == Workspace.class) {
                return workspace;
            } else if (type == WorkspaceId.class) {
                return workspace.id();
            } else if (type == String.class) {
                return NOBODY.toString();
            } else if (type == UUID.class) {
                return NOBODY;
            } else if (type == PageRequest.class) {
                return PageRequest.first();
            } else if (type == int.class || type == Integer.class) {
                return 10;
            } else if (type == boolean.class) {
                return false;
            } else if (type == Instant.class) {
                return now;
            } else if (type == byte[].class) {
                return "{}".getBytes(StandardCharsets.UTF_8);
            } else if (type == Secret.class) {
                return TestDatabase.newToken();
            } else if (type == Cursor.class) {
                return null;
            } else if (type == RequestFilter.class) {
                return RequestFilter.between(now, now.plusSeconds(60));
            } else if (type == UsageQuestion.class) {
                return new UsageQuestion(now, now.plusSeconds(3600), Bucket.HOUR, ZoneOffset.UTC, Set.of());
            } else if (type == AuditFilter.class) {
                return AuditFilter.of(null, null, null, null, null);
            } else if (type == BudgetScope.class) {
                return BudgetScope.WORKSPACE;
            } else if (type == RequestEvent.class) {
                return Recording.event(workspace.id(), now, UsageSource.ESTIMATED, Outcome.COMPLETED);
            } else if (type == HttpServletResponse.class) {
                return new MockHttpServletResponse();
            } else if (type.isEnum()) {
                return type.getEnumConstants()[0];
            } else if (type == List.class || type == Collection.class) {
                return WITHIN.contains(toString()) ? List.of("demo") : List.of();
            } else if (type.isInterface()) {
                return Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : null);
            } else if (type.isRecord() && type.getRecordComponents().length == 1) {
                return record(type, made(type.getRecordComponents()[0].getType(), workspace));
            } else if (type.isRecord()) {
                return record(type, new Object[type.getRecordComponents().length]);
            }
            throw new IllegalStateException(type + " (expected: one that can be made up here)");
        }

        /** As when a body says nothing of it. */
        private static Object record(Class<?> type, Object... values) {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException failed) {
                throw new IllegalStateException(type + " of " + Arrays.toString(values), failed);
            }
        }

        @Override
        public String toString() {
            return service.getClass().getSimpleName() + "." + method.getName();
        }
    }
}
