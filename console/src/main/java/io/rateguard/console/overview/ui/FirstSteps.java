package io.rateguard.console.overview.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.FirstRequest;
import io.rateguard.console.common.ui.CodeSnippet;
import io.rateguard.console.common.ui.Screen;
import java.util.List;

/** What a workspace shows until its first request: the way there. */
final class FirstSteps extends Section {

    FirstSteps(String workspaceSlug, List<Api> apis, String proxyUrl) {
        addClassNames("panel", "first-steps");
        setTestId("first-steps");
        OrderedList steps = new OrderedList(
                new ListItem(
                        new Span("Add the API you pay for, with its secret, under "),
                        link(Screen.APIS, workspaceSlug),
                        new Span(
                                apis.isEmpty()
                                        ? "."
                                        : ". There is one: " + apis.getFirst().name() + ".")),
                new ListItem(
                        new Span("Create a key under "),
                        link(Screen.KEYS, workspaceSlug),
                        new Span(" and put it into RATEGUARD_KEY.")),
                new ListItem("Send a request through the proxy. Its cost appears here within seconds."));
        add(
                new H2("Send your first request"),
                new Paragraph("Your application changes its base URL and its key; nothing else."),
                steps);
        apis.stream()
                .filter(Api::enabled)
                .findFirst()
                .ifPresent(api -> add(new CodeSnippet(FirstRequest.curl(proxyUrl, api.slug(), api.profile()))));
    }

    private static Anchor link(Screen screen, String workspaceSlug) {
        return new Anchor(screen.path(workspaceSlug), screen.title());
    }
}
