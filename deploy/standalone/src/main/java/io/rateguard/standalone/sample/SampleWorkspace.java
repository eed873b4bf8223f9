package io.rateguard.standalone.sample;

import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.setup.ManagementApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the workspace {@code sample} and fills it, once. What was interrupted is taken up where it was left: the job is
 * written down before its first event is sent, and doing it again repeats it.
 */
public final class SampleWorkspace {

    public static final String SLUG = "sample";
    public static final String NAME = "Sample";

    static final String JOB = "sample-job.json";
    static final String FILLED = "sample-filled";

    private static final String UPSTREAM = "sample-upstream";

    /** So that the last of its requests have ended when the history is made. */
    private static final Duration ENDED_BEFORE = Duration.ofMinutes(2);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ManagementApi management;
    private final DataDir data;
    private final InstantSource clock;
    private final String upstreamUrl;
    private final String upstreamSecret;

    /** @param upstreamUrl of the demo provider */
    public SampleWorkspace(
            ManagementApi management, DataDir data, InstantSource clock, String upstreamUrl, String upstreamSecret) {
        this.management = management;
        this.data = data;
        this.clock = clock;
        this.upstreamUrl = upstreamUrl;
        this.upstreamSecret = upstreamSecret;
    }

    /** Whether its history has been sent. */
    public boolean isFilled() {
        return data.recall(FILLED).isPresent();
    }

    /** Lets its APIs follow the demo provider to another port. */
    public void followUpstream() {
        if (data.recall(UPSTREAM).filter(upstreamUrl::equals).isPresent()) {
            return;
        }
        for (SampleApi api : SampleApi.values()) {
            if (management.find("apis/" + api.slug).isPresent()) {
                management.delete("apis/" + api.slug);
                management.create("apis", described(api).toString());
            }
        }
        data.keep(UPSTREAM, upstreamUrl);
    }

    /**
     * Makes what is missing of the workspace's rules and writes the job down; the file that it is written in.
     *
     * <p>The workspace itself is there already.
     */
    public Path prepareJob() {
        if (data.recall(JOB).isEmpty()) {
            // Before the APIs: should they be left half made, the next start sees which address they have.
            data.recall(UPSTREAM, () -> upstreamUrl);
            data.keep(JOB, newJob().json());
        }
        return data.resolve(JOB);
    }

    /** The job is done. */
    public void filled() {
        data.keep(FILLED, "yes");
    }

    /** What its history made of budgets is past. Who deletes the channel to the owners switches off what they hear of. */
    private void tellNobody() {
        JsonNode owners = management.items("channels").stream()
                .filter(channel -> channel.path("type").asString().equals("owners"))
                .findFirst()
                .orElseGet(() -> management.create(
                        "channels",
                        NODES.objectNode()
                                .put("name", "Owners")
                                .put("type", "owners")
                                .toString()));
        String id = owners.path("id").asString();
        for (JsonNode rule : management.items("alert-rules")) {
            if (rule.path("channels")
                    .valueStream()
                    .anyMatch(channel -> channel.asString().equals(id))) {
                management.delete("alert-rules/" + rule.path("id").asString());
            }
        }
        management.delete("channels/" + id);
    }

    private SampleJob newJob() {
        tellNobody();
        Map<SampleApi, ApiId> apis = made("apis", SampleApi.values(), api -> api.title, this::described, ApiId::of);
        Map<SampleKey, ApiKeyId> keys =
                made("keys", SampleKey.values(), key -> key.title, SampleWorkspace::described, ApiKeyId::of);
        Map<SampleLimit, LimitId> limits =
                made("limits", SampleLimit.values(), limit -> limit.title, SampleWorkspace::described, LimitId::of);
        Map<SampleBudget, BudgetId> budgets = made(
                "budgets",
                SampleBudget.values(),
                budget -> budget.title,
                budget -> described(budget, keys),
                BudgetId::of);
        return new SampleJob(
                UUID.randomUUID(),
                clock.instant().minus(ENDED_BEFORE),
                WorkspaceId.of(management.workspace().path("id").asString()),
                apis,
                keys,
                limits,
                budgets);
    }

    /** The ids of all of these, of which some may have been made before an interruption. */
    private <K extends Enum<K>, I> Map<K, I> made(
            String list,
            K[] wanted,
            Function<K, String> name,
            Function<K, ObjectNode> described,
            Function<String, I> id) {
        Map<K, I> ids = new EnumMap<>(wanted[0].getDeclaringClass());
        for (K each : wanted) {
            JsonNode found = management
                    .findNamed(list, name.apply(each))
                    .orElseGet(
                            () -> management.create(list, described.apply(each).toString()));
            ids.put(each, id.apply(found.path("id").asString()));
        }
        return ids;
    }

    private ObjectNode described(SampleApi api) {
        ObjectNode node = NODES.objectNode()
                .put("slug", api.slug)
                .put("name", api.title)
                .put("profile", api.profile.wireName())
                .put("baseUrl", upstreamUrl + api.basePath);
        node.putObject("auth").put("secret", upstreamSecret);
        return node;
    }

    private static ObjectNode described(SampleKey key) {
        ObjectNode node = NODES.objectNode().put("name", key.title);
        List<String> slugs = key.apis.stream().map(api -> api.slug).toList();
        slugs.forEach(node.putArray("apis")::add);
        ObjectNode tags = node.putObject("tags");
        key.tags.forEach(tags::put);
        if (key.customer != null) {
            node.put("customer", key.customer);
        }
        return node;
    }

    private static ObjectNode described(SampleLimit limit) {
        ObjectNode node = NODES.objectNode().put("name", limit.title);
        node.set("match", LimitShapes.json(limit.match));
        node.set("per", LimitShapes.json(limit.per));
        node.set("limit", LimitShapes.json(limit.bucket));
        return node;
    }

    private static ObjectNode described(SampleBudget sample, Map<SampleKey, ApiKeyId> keys) {
        var budget = sample.budget(new BudgetId(UUID.randomUUID()), keys);
        ObjectNode node = NODES.objectNode()
                .put("name", budget.name())
                .put("amountNanos", budget.amount().nanos())
                .put("period", budget.period().wireName())
                .put("zone", budget.zone().getId())
                .put("shutoff", budget.shutoff())
                .put("estimate", budget.estimate().wireName());
        ObjectNode scope =
                node.putObject("scope").put("type", budget.scope().type().wireName());
        if (!budget.scope().value().isEmpty()) {
            scope.put("value", budget.scope().value());
        }
        budget.ladder().alertPercents().forEach(node.putArray("thresholds")::add);
        return node;
    }
}
