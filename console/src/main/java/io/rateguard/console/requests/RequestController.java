package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.rest.Page;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/requests} and {@code …/usage}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}")
class RequestController {

    private final Workspaces workspaces;
    private final Requests requests;
    private final Clock clock;

    RequestController(Workspaces workspaces, Requests requests, Clock clock) {
        this.workspaces = workspaces;
        this.requests = requests;
        this.clock = clock;
    }

    @GetMapping("/requests")
    Page<RequestJson> list(@PathVariable String workspace, @RequestParam Map<String, String> parameters) {
        Workspace found = workspaces.require(workspace);
        Question question = Question.ofRequests(parameters, clock.instant());
        RequestPage page = requests.list(found.id(), question.filter(), question.cursor(), question.size());
        String next = page.next() == null ? null : page.next().toString();
        return new Page<>(page.items().stream().map(RequestJson::of).toList(), next);
    }

    @GetMapping("/requests/{requestId}")
    RequestJson read(@PathVariable String workspace, @PathVariable String requestId) {
        WorkspaceId id = workspaces.require(workspace).id();
        RequestEvent event = requests.read(id, requestId);
        return RequestJson.of(event, requests.adjustments(id, event));
    }

    @GetMapping("/usage")
    UsageList usage(@PathVariable String workspace, @RequestParam Map<String, String> parameters) {
        Workspace found = workspaces.require(workspace);
        UsageQuestion question = Question.ofUsage(parameters, clock.instant()).usage(found.zone());
        List<UsageJson> items = requests.usage(found.id(), question).stream()
                .map(row -> UsageJson.of(row, question))
                .toList();
        return new UsageList(
                items, null, requests.usageCountsSince(found.id(), question).orElse(null));
    }
}
