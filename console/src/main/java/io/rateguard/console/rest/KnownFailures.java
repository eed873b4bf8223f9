package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What failures of the services mean to the caller, where they mean something: the same in the API and on screens. */
public final class KnownFailures {

    /** What a unique index guards, by its name. */
    private static final Map<String, String> TAKEN = Map.ofEntries(
            Map.entry("uq_apis_slug", "slug: an API with this slug exists"),
            Map.entry("uq_limits_name", "name: a limit with this name exists"),
            Map.entry("uq_budgets_name", "name: a budget with this name exists"),
            Map.entry("uq_prices_model", "model: a price for this model and API exists"),
            Map.entry(
                    "uq_price_imports_number",
                    "import: another was made at the same moment (expected: one at a time; try again)"),
            Map.entry("uq_prices_call", "call: a price for this call and API exists"),
            Map.entry("uq_channels_name", "name: a channel with this name exists"),
            Map.entry("uq_budget_increases_crossing", "token: taken already"),
            Map.entry("uq_channels_owners", "type: a channel to the owners exists"),
            Map.entry("uq_alert_rules_name", "name: an alert rule with this name exists"),
            Map.entry("uq_api_credentials_name", "auth.credentials: two have the same name"),
            Map.entry(
                    "uq_invitations_open",
                    "email: another invitation was made at the same moment (expected: one at a time; try again)"),
            Map.entry("uq_workspaces_slug", "slug: a workspace with this slug exists or existed"),
            Map.entry("uq_users_email", "email: an account with this address exists"));

    private KnownFailures() {}

    public static Optional<Problem> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return Optional.of(problem);
            }
        }
        return switch (failure) {
            case DataIntegrityViolationException violation -> taken(violation);
            case OptimisticLockingFailureException raced ->
                Optional.of(Problem.conflict(Problem.CHANGED_MEANWHILE, "someone else changed it; read it again"));
            case CannotCreateTransactionException away -> Optional.of(databaseAway());
            case DataAccessResourceFailureException away -> Optional.of(databaseAway());
            default -> Optional.empty();
        };
    }

    private static Problem databaseAway() {
        return Problem.unavailable("the database does not answer; try again");
    }

    private static Optional<Problem> taken(DataIntegrityViolationException violation) {
        String message = String.valueOf(violation.getMostSpecificCause().getMessage());
        return TAKEN.entrySet().stream()
                .filter(index -> message.contains(index.getKey()))
                .findFirst()
                .map(index -> Problem.conflict("already_exists", index.getValue()));
    }
}
