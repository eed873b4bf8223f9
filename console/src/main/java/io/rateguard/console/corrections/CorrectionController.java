package io.rateguard.console.corrections;

import io.rateguard.console.corrections.Corrections.Adjusting;
import io.rateguard.console.corrections.Corrections.Rerate;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.correction.Findings;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/rerates} and {@code …/requests/{requestId}/adjust}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}")
class CorrectionController {

    private final Workspaces workspaces;
    private final Corrections corrections;

    CorrectionController(Workspaces workspaces, Corrections corrections) {
        this.workspaces = workspaces;
        this.corrections = corrections;
    }

    @PostMapping("/rerates")
    ResponseEntity<RerateJson> rerate(@PathVariable String workspace, @RequestBody NewRerate wanted) {
        return Answers.created(RerateJson.of(corrections.rerate(id(workspace), wanted)));
    }

    @GetMapping("/rerates")
    Page<RerateJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return corrections.rerates(id(workspace), PageRequest.of(cursor, limit)).map(RerateJson::of);
    }

    @GetMapping("/rerates/{rerate}")
    RerateJson read(@PathVariable String workspace, @PathVariable String rerate) {
        return RerateJson.of(corrections.read(id(workspace), rerate));
    }

    @PostMapping("/requests/{requestId}/adjust")
    ResponseEntity<AdjustingJson> adjust(
            @PathVariable String workspace, @PathVariable String requestId, @RequestBody NewAdjustment wanted) {
        return Answers.created(AdjustingJson.of(corrections.adjust(id(workspace), requestId, wanted)));
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /**
     * @param state waiting, running, done or failed
     * @param trouble why it does not get on
     */
    record RerateJson(
            String id,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String api,
            @Nullable String model,
            boolean dryRun,
            String state,
            @Nullable String trouble,
            FindingsJson findings,
            String author,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static RerateJson of(Rerate rerate) {
            CorrectionEntity row = rerate.row();
            return new RerateJson(
                    row.id.toString(),
                    row.fromAt,
                    row.toAt,
                    row.api,
                    row.model,
                    row.dryRun,
                    row.state,
                    row.trouble,
                    FindingsJson.of(rerate.findings()),
                    row.author,
                    row.createdAt,
                    row.endedAt);
        }
    }

    /** What the requests cost before and after; those that were estimated or have no price are left as they are. */
    record FindingsJson(
            long requests,
            long corrected,
            long estimated,
            long unpriced,
            long beforeNanos,
            String beforeUsd,
            long afterNanos,
            String afterUsd,
            List<ModelJson> models) {

        static FindingsJson of(Findings findings) {
            return new FindingsJson(
                    findings.requests(),
                    findings.corrected(),
                    findings.estimated(),
                    findings.unpriced(),
                    findings.beforeNanos(),
                    Money.ofNanos(findings.beforeNanos()).usd(),
                    findings.afterNanos(),
                    Money.ofNanos(findings.afterNanos()).usd(),
                    findings.byModel().entrySet().stream()
                            .map(each -> new ModelJson(
                                    each.getKey(),
                                    each.getValue().corrected(),
                                    each.getValue().beforeNanos(),
                                    each.getValue().afterNanos()))
                            .sorted(Comparator.comparing(ModelJson::model))
                            .toList());
        }
    }

    /** Of the requests for one model that cost something else. */
    record ModelJson(String model, long corrected, long beforeNanos, long afterNanos) {}

    record AdjustingJson(
            String id,
            String requestId,
            long costNanos,
            String costUsd,
            String note,
            String author,
            Instant createdAt) {

        static AdjustingJson of(Adjusting adjusting) {
            return new AdjustingJson(
                    adjusting.id().toString(),
                    adjusting.requestId(),
                    adjusting.costNanos(),
                    Money.ofNanos(adjusting.costNanos()).usd(),
                    adjusting.note(),
                    adjusting.author(),
                    adjusting.createdAt());
        }
    }
}
