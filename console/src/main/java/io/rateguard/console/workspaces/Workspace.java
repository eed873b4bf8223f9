package io.rateguard.console.workspaces;

import io.rateguard.domain.id.WorkspaceId;
import java.time.ZoneId;

/**
 * A workspace, as its members see it.
 *
 * @param suspended whether its keys are refused
 */
public record Workspace(WorkspaceId id, String slug, String name, ZoneId zone, boolean suspended) {}
