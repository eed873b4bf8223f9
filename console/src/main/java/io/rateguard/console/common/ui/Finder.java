package io.rateguard.console.common.ui;

import io.rateguard.console.workspaces.Workspace;
import java.util.List;

/** Lets a person look for anything of a workspace, from wherever they are. */
@FunctionalInterface
public interface Finder {

    /** @param screens that the person may see */
    void open(Workspace workspace, List<Screen> screens);
}
