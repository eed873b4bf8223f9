package io.rateguard.console.search.ui;

import io.rateguard.console.common.ui.Finder;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.search.Search;
import io.rateguard.console.workspaces.Workspace;
import java.util.List;
import org.springframework.stereotype.Component;

/** Opens the quick search. */
@Component
record OpenSearch(Search search) implements Finder {

    @Override
    public void open(Workspace workspace, List<Screen> screens) {
        new QuickSearch(search, workspace, screens).open();
    }
}
