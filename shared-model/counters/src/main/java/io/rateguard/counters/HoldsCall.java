package io.rateguard.counters;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks which requests a window of a budget holds something for, and then whose they are: two scripts, since each is given its keys. */
record HoldsCall(WorkspaceId workspace, BudgetWindowRef window, int most) {

    private static final int PARTS = 3;

    CompletionStage<Hold.Several> by(String nowMillis, Function<ScriptCall, CompletionStage<Reply>> run) {
        Keys keys = new Keys(workspace);
        ScriptCall holds = new ScriptCall(Script.HOLDS)
                .budgetKeys(keys.budget(window.budget(), window.window()))
                .argument(nowMillis)
                .argument(most);
        return run.apply(holds).thenCompose(found -> {
            List<RequestId> requests = requests(found);
            if (requests.isEmpty()) {
                return CompletableFuture.completedStage(new Hold.Several(List.of(), true));
            }
            ScriptCall holders = new ScriptCall(Script.HOLDERS);
            requests.forEach(request -> holders.key(keys.request(request)));
            return run.apply(holders)
                    .thenApply(whose -> new Hold.Several(holds(requests, found, whose), found.number(0) == 0));
        });
    }

    private static List<RequestId> requests(Reply found) {
        List<RequestId> requests = new ArrayList<>();
        for (int at = 1; at < found.values().size(); at += PARTS) {
            requests.add(new RequestId(found.text(at)));
        }
        return requests;
    }

    private static List<Hold> holds(List<RequestId> requests, Reply found, Reply whose) {
        List<Hold> holds = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            String since = whose.text(2 * i);
            String key = whose.text(2 * i + 1);
            holds.add(new Hold(
                    requests.get(i),
                    key.isEmpty() ? null : ApiKeyId.of(key),
                    Money.ofNanos(found.number(PARTS * i + 2)),
                    since.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(since)),
                    Instant.ofEpochMilli(found.number(PARTS * i + 3))));
        }
        return holds;
    }
}
