package io.rateguard.console.workspaces;

import io.rateguard.console.rest.Page;
import io.rateguard.console.workspaces.WorkspaceSettings.NewSettings;
import io.rateguard.console.workspaces.WorkspaceSettings.Settings;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces}. */
@RestController
@RequestMapping("/api/v1/workspaces")
class WorkspaceController {

    private final Workspaces workspaces;
    private final WorkspaceSettings settings;

    WorkspaceController(Workspaces workspaces, WorkspaceSettings settings) {
        this.workspaces = workspaces;
        this.settings = settings;
    }

    @GetMapping
    Page<WorkspaceJson> list() {
        return Page.whole(workspaces.visible().stream().map(WorkspaceJson::of).toList());
    }

    @GetMapping("/{slug}")
    WorkspaceJson read(@PathVariable String slug) {
        return WorkspaceJson.of(workspaces.require(slug));
    }

    @DeleteMapping("/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String slug) {
        settings.delete(workspaces.require(slug).id());
    }

    @GetMapping("/{workspace}/settings")
    Settings settings(@PathVariable String workspace) {
        return settings.read(workspaces.require(workspace).id());
    }

    @PutMapping("/{workspace}/settings")
    Settings change(@PathVariable String workspace, @RequestBody NewSettings wanted) {
        return settings.change(workspaces.require(workspace).id(), wanted);
    }

    @PostMapping("/{workspace}/suspend")
    WorkspaceJson suspend(@PathVariable String workspace) {
        return WorkspaceJson.of(workspaces.suspend(workspace));
    }

    @PostMapping("/{workspace}/resume")
    WorkspaceJson resume(@PathVariable String workspace) {
        return WorkspaceJson.of(workspaces.resume(workspace));
    }

    /** @param status active, or suspended: its keys are refused */
    record WorkspaceJson(String id, String slug, String name, String zone, String status) {

        static WorkspaceJson of(Workspace workspace) {
            return new WorkspaceJson(
                    workspace.id().toString(),
                    workspace.slug(),
                    workspace.name(),
                    workspace.zone().getId(),
                    workspace.suspended() ? "suspended" : "active");
        }
    }
}
