package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TagNamesIT {

    @Test
    void namesTheTagsOfTheWorkspacesRequestsOnce() {
        Recorded recorded = Recorded.of(41, 2, 500);
        TagNames names = new TagNames(recorded.clickHouse());
        for (WorkspaceId workspace : recorded.samples().workspaces()) {
            List<String> expected = recorded.events().stream()
                    .filter(event -> event.caller().workspace().equals(workspace))
                    .flatMap(event -> event.caller().tags().keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();

            assertThat(names.ask(workspace, SampleEvents.START))
                    .isEqualTo(expected)
                    .isNotEmpty();
        }
        assertThat(names.ask(new WorkspaceId(UUID.randomUUID()), SampleEvents.START))
                .isEmpty();
        assertThat(names.ask(recorded.samples().workspaces().getFirst(), SampleEvents.START.plus(SampleEvents.SPAN)))
                .isEmpty();
        recorded.clickHouse().close();
    }
}
