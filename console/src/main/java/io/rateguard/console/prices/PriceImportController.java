package io.rateguard.console.prices;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rateguard.console.prices.PriceImports.Draft;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/prices/imports}: catalogues in place of the one that ships, and their history. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/prices/imports")
class PriceImportController {

    private final Workspaces workspaces;
    private final PriceImports imports;

    PriceImportController(Workspaces workspaces, PriceImports imports) {
        this.workspaces = workspaces;
        this.imports = imports;
    }

    /** The body is the file as it is. */
    @PostMapping
    ResponseEntity<DraftJson> draft(@PathVariable String workspace, @RequestBody byte[] file) {
        return Answers.created(DraftJson.of(imports.draft(id(workspace), file)));
    }

    /** A draft of going back to an applied one; {@code 0} is the catalogue that ships. */
    @PostMapping("/{number}/restore")
    ResponseEntity<DraftJson> goBack(@PathVariable String workspace, @PathVariable String number) {
        return Answers.created(DraftJson.of(imports.goBack(id(workspace), number)));
    }

    @PostMapping("/{number}/apply")
    ImportJson apply(@PathVariable String workspace, @PathVariable String number) {
        return ImportJson.of(imports.apply(id(workspace), number));
    }

    @GetMapping
    Page<ImportJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return imports.list(id(workspace), PageRequest.of(cursor, limit)).map(ImportJson::of);
    }

    @GetMapping("/{number}")
    DraftJson read(@PathVariable String workspace, @PathVariable String number) {
        return DraftJson.of(imports.read(id(workspace), number));
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param version what the names of its prices start with in events */
    record ImportJson(
            String id,
            String kind,
            String version,
            Counts counts,
            Instant createdAt,
            String createdBy,
            @Nullable Instant appliedAt,
            @Nullable String appliedBy) {

        static ImportJson of(PriceImport it) {
            return new ImportJson(
                    Integer.toString(it.number()),
                    it.kind(),
                    it.catalogueVersion(),
                    new Counts(it.added(), it.changed(), it.removed()),
                    it.createdAt(),
                    it.createdBy(),
                    it.appliedAt(),
                    it.appliedBy());
        }
    }

    /** Models. */
    record Counts(int added, int changed, int removed) {}

    record DraftJson(@JsonUnwrapped ImportJson summary, JsonNode changes, JsonNode leftOut) {

        static DraftJson of(Draft draft) {
            return new DraftJson(ImportJson.of(draft.summary()), draft.changes(), draft.leftOut());
        }
    }
}
