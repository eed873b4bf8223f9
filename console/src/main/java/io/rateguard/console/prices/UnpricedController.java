package io.rateguard.console.prices;

import io.rateguard.console.prices.UnpricedRequests.Decided;
import io.rateguard.console.prices.UnpricedRequests.NewDecision;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.CeilingPrice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/prices/unpriced}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/prices/unpriced")
class UnpricedController {

    private final Workspaces workspaces;
    private final UnpricedRequests requests;

    UnpricedController(Workspaces workspaces, UnpricedRequests requests) {
        this.workspaces = workspaces;
        this.requests = requests;
    }

    @GetMapping
    UnpricedJson read(@PathVariable String workspace) {
        return UnpricedJson.of(requests.read(id(workspace)));
    }

    @PutMapping
    UnpricedJson decide(@PathVariable String workspace, @RequestBody NewDecision wanted) {
        return UnpricedJson.of(requests.decide(id(workspace), wanted));
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param ceiling input and output, dollars per million tokens; none unless that is what is charged */
    record UnpricedJson(
            String unpriced,
            @Nullable JsonNode ceiling,
            @Nullable Long outputCapTokens) {

        static UnpricedJson of(Decided decided) {
            CeilingPrice ceiling = decided.policy().ceiling();
            return new UnpricedJson(
                    decided.policy().choice().wireName(),
                    ceiling == null ? null : ceiling.toJson(),
                    decided.outputCapTokens());
        }
    }
}
