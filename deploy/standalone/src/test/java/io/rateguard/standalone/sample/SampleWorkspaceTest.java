package io.rateguard.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.standalone.StandaloneException;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.setup.ManagementApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWorkspaceTest {

    private static final String UPSTREAM = "http://127.0.0.1:4001";

    private final FakeManagement management = new FakeManagement();

    @TempDir
    private Path folder;

    private DataDir data;

    @BeforeEach
    void take() {
        data = DataDir.take(folder);
    }

    @AfterEach
    void close() {
        data.close();
        management.close();
    }

    @Test
    void makesEachRuleOnceWhateverInterruptsIt() throws Exception {
        management.failAfterCreating(SampleApi.values().length + 2);
        assertThatThrownBy(() -> sample(UPSTREAM).prepareJob())
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("503");
        management.failAfterCreating(Integer.MAX_VALUE);

        SampleJob job = SampleJob.read(Files.readString(sample(UPSTREAM).prepareJob()));

        assertMade("apis", job.apis().values());
        assertMade("keys", job.keys().values());
        assertMade("limits", job.limits().values());
        assertMade("budgets", job.budgets().values());
        assertThat(job.apis()).containsOnlyKeys(SampleApi.values());
        assertThat(job.keys()).containsOnlyKeys(SampleKey.values());
        assertThat(job.until()).isEqualTo(Jobs.UNTIL.minus(Duration.ofMinutes(2)));
    }

    @Test
    void tellsNobodyOfItsPast() {
        ManagementApi given = api();
        String owners = given.create("channels", "{\"name\":\"Given\",\"type\":\"owners\"}")
                .path("id")
                .asString();
        given.create("alert-rules", "{\"name\":\"Given\",\"channels\":[\"" + owners + "\"]}");
        given.create("alert-rules", "{\"name\":\"One's own\",\"channels\":[\"another\"]}");

        sample(UPSTREAM).prepareJob();

        assertThat(management.list("channels")).isEmpty();
        assertThat(management.list("alert-rules"))
                .extracting(rule -> rule.path("name").asString())
                .containsExactly("One's own");
    }

    @Test
    void writesOneJobOnly() throws Exception {
        String first = Files.readString(sample(UPSTREAM).prepareJob());

        assertThat(Files.readString(sample(UPSTREAM).prepareJob())).isEqualTo(first);
    }

    @Test
    void followsTheDemoProviderToAnotherPort() {
        sample(UPSTREAM).prepareJob();

        sample("http://127.0.0.1:4002").followUpstream();

        assertThat(management.list("apis"))
                .extracting(api -> api.path("baseUrl").asString())
                .containsExactly("http://127.0.0.1:4002", "http://127.0.0.1:4002", "http://127.0.0.1:4002/rest");
    }

    @Test
    void leavesItsApisAloneWhileTheDemoProviderStays() {
        sample(UPSTREAM).prepareJob();
        var before = management.list("apis");

        sample(UPSTREAM).followUpstream();

        assertThat(management.list("apis")).isEqualTo(before);
    }

    @Test
    void doesNotBringBackAnApiThatWasDeleted() {
        sample(UPSTREAM).prepareJob();
        api().delete("apis/payments");

        sample("http://127.0.0.1:4002").followUpstream();

        assertThat(management.list("apis"))
                .extracting(api -> api.path("slug").asString())
                .containsExactly("openai", "anthropic");
    }

    private void assertMade(String list, Collection<?> ids) {
        assertThat(management.list(list))
                .extracting(item -> item.path("id").asString())
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(Object::toString).toList());
    }

    private SampleWorkspace sample(String upstreamUrl) {
        return new SampleWorkspace(api(), data, () -> Jobs.UNTIL, upstreamUrl, "secret");
    }

    private ManagementApi api() {
        return new ManagementApi(management.url(), SampleWorkspace.SLUG, "token");
    }
}
