package io.rateguard.console.alerts;

import io.rateguard.console.alerts.AlertHistory.Told;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/alert-history}: the newest messages, of all channels. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/alert-history")
class AlertHistoryController {

    private final Workspaces workspaces;
    private final AlertHistory history;

    AlertHistoryController(Workspaces workspaces, AlertHistory history) {
        this.workspaces = workspaces;
        this.history = history;
    }

    @GetMapping
    HistoryJson list(@PathVariable String workspace, @RequestParam(required = false) @Nullable Integer limit) {
        int most = PageRequest.of(null, limit).size();
        return new HistoryJson(history.recent(workspaces.require(workspace).id(), most).stream()
                .map(ToldJson::of)
                .toList());
    }

    record HistoryJson(List<ToldJson> items) {}

    /** @param type of the rule, or {@code test} */
    record ToldJson(
            Instant time,
            String channel,
            String type,
            @Nullable String subject,
            @Nullable Integer percent,
            boolean recovery,
            String state,
            int attempts,
            @Nullable String trouble,
            @Nullable String answer) {

        static ToldJson of(Told told) {
            return new ToldJson(
                    told.at(),
                    told.channel(),
                    told.kind() == null ? "test" : told.kind().wireName(),
                    told.subject(),
                    told.percent(),
                    told.recovery(),
                    told.state(),
                    told.attempts(),
                    told.trouble(),
                    told.answer());
        }
    }
}
