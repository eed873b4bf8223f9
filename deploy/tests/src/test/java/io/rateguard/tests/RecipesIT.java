package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recipe of {@code docs/clients.md}, as it stands, against the demo provider through the proxy. */
class RecipesIT {

    @RegisterExtension
    static final ProductInBrowser CONSOLE = new ProductInBrowser();

    private static final Document CLIENTS = Document.read("docs/clients.md");
    private static final Path RECIPES = Document.ROOT.resolve("docs/recipes");
    private static final Path NODE = Document.ROOT.resolve(".node/bin");
    /** Modules are looked for beside the file that imports them. */
    private static final Path NODE_RECIPES = Path.of("target", "recipes-node").toAbsolutePath();

    private static final String PYTHON_PACKAGES = "import openai, anthropic";
    private static final Pattern REQUEST_ID = Pattern.compile("req_[0-9A-Z]+");
    private static final Pattern COST = Pattern.compile("(?i)cost(?:-cents:| in cents) \\[?([0-9.]+)");
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(60);

    private static final List<String> MADE = new ArrayList<>();
    private static String key;
    private static Caller limited;
    private static Caller poor;

    /** A key that is refused, and how many refusals it should have by now. */
    private static final class Caller {
        private final String id;
        private final String secret;
        private final String decision;
        private int refusals;

        private Caller(JsonNode key, String decision) {
            this.id = key.path("id").asString();
            this.secret = key.path("secret").asString();
            this.decision = decision;
        }
    }

    /** {@code refusedCalls}: how often a recipe is refused before it ends. */
    private enum Recipe {
        OPENAI_CURL("openai-chat.sh", 2),
        ANTHROPIC_CURL("anthropic-messages.sh", 2),
        OPENAI_PYTHON("openai_chat.py", 1),
        ANTHROPIC_PYTHON("anthropic_messages.py", 1),
        OPENAI_NODE("openai-chat.mjs", 1),
        ANTHROPIC_NODE("anthropic-messages.mjs", 1),
        OPENAI_JAVA("OpenAiChat.java", 1),
        ANTHROPIC_JAVA("AnthropicMessages.java", 1);

        private final String file;
        private final int refusedCalls;

        Recipe(String file, int refusedCalls) {
            this.file = file;
            this.refusedCalls = refusedCalls;
        }

        private List<String> command() {
            String path = RECIPES.resolve(file).toString();
            return switch (this) {
                case OPENAI_CURL, ANTHROPIC_CURL -> List.of("bash", path);
                case OPENAI_PYTHON, ANTHROPIC_PYTHON -> List.of("python3", path);
                case OPENAI_NODE, ANTHROPIC_NODE ->
                    List.of(
                            NODE.resolve("node").toString(),
                            NODE_RECIPES.resolve(file).toString());
                case OPENAI_JAVA, ANTHROPIC_JAVA ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            path);
            };
        }

        private boolean seesTrailers() {
            return file.endsWith(".sh");
        }

        private boolean isPython() {
            return file.endsWith(".py");
        }
    }

    @BeforeAll
    static void makeKeys() {
        JsonNode tagged = JsonMapper.shared().readTree(shell("run: tagged-key", Map.of()));
        MADE.add("/keys/" + tagged.path("id").asString() + "/revoke");
        key = tagged.path("secret").asString();

        limited = caller("Recipes: limited", "limited");
        manage("/limits", """
                {"name": "One request an hour", "match": {"key": "%s"},
                 "limit": {"algorithm": "token-bucket", "unit": "requests", "capacity": 1, "refill": 1, "periodSeconds": 3600}}
                """.formatted(limited.id));
        untilRefused(limited);
        poor = caller("Recipes: poor", "over-budget");
        manage("/budgets", """
                {"name": "Next to nothing", "scope": {"type": "key", "value": "%s"}, "amountNanos": 1, "period": "day",
                 "estimate": "strict"}
                """.formatted(poor.id));
        untilRefused(poor);
    }

    @BeforeAll
    static void installNodePackages() throws IOException {
        Files.createDirectories(NODE_RECIPES);
        for (String file : List.of("package.json", Recipe.OPENAI_NODE.file, Recipe.ANTHROPIC_NODE.file)) {
            Files.copy(RECIPES.resolve(file), NODE_RECIPES.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> install = List.of(
                NODE.resolve("npm").toString(),
                "install",
                "--ignore-scripts",
                "--no-package-lock",
                "--no-audit",
                "--no-fund",
                "--prefer-offline");
        new Command(install, NODE_RECIPES, Map.of("PATH", NODE + ":" + System.getenv("PATH"))).run();
    }

    @AfterAll
    static void leaveNothingBehind() {
        for (String path : MADE.reversed()) {
            CONSOLE.product().manage(path.endsWith("/revoke") ? "POST" : "DELETE", path, "");
        }
        MADE.clear();
    }

    @ParameterizedTest
    @EnumSource
    void answersWholeAndStreamed(Recipe recipe) {
        String said = run(recipe, key);

        List<String> requests =
                REQUEST_ID.matcher(said).results().map(MatchResult::group).toList();
        assertThat(requests).as(said).hasSize(2);
        assertThat(said.split("RateGuard demo provider|\"RateGuard ").length - 1)
                .as(said)
                .isEqualTo(2);
        JsonNode whole = recorded(requests.getFirst());
        JsonNode streamed = recorded(requests.getLast());
        assertThat(COST.matcher(said).results().map(it -> cents(it.group(1))).toList())
                .as(said)
                .containsExactlyElementsOf(
                        recipe.seesTrailers() ? List.of(cost(whole), cost(streamed)) : List.of(cost(whole)));
        assertThat(whole.path("stream").asBoolean()).isFalse();
        assertThat(streamed.path("stream").asBoolean()).isTrue();
        assertThat(cost(streamed)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfALimitThatIsReachedAndDoesNotWaitForAnHour(Recipe recipe) {
        String said = run(recipe, limited.secret);

        assertThat(said).contains("rate_limited");
        assertThat(said).containsPattern("(?i)(retry-after: |try again in \\[?)3[0-9]{3}\\b");
        refusedOnlyAsOftenAsAsked(limited, recipe);
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfABudgetThatIsUsedUpAndAsksOnce(Recipe recipe) {
        String said = run(recipe, poor.secret);

        assertThat(said).contains("402").contains("budget_exhausted").contains("Next to nothing");
        refusedOnlyAsOftenAsAsked(poor, recipe);
    }

    @Test
    void findsRequestsByTagAndCustomerOfTheirKey() {
        String request = CONSOLE.chat(key, "gpt-4o-mini", "Who asks?")
                .headers()
                .firstValue("X-RateGuard-Request-Id")
                .orElseThrow();
        recorded(request);

        JsonNode found = JsonMapper.shared().readTree(shell("run: by-tag", Map.of()));

        assertThat(found.path("items").findValuesAsString("requestId")).contains(request);
        assertThat(found.path("items")).allSatisfy(it -> {
            assertThat(it.path("customer").asString()).isEqualTo("acme");
            assertThat(it.path("tags").path("team").asString()).isEqualTo("search");
        });
    }

    @Test
    void doesNotCountTagsAndCustomersOfASingleRequestYet() {
        String request = CONSOLE.send(
                        "/proxy/demo/v1/chat/completions",
                        key,
                        """
                        {"model":"gpt-4o-mini","max_tokens":5,"messages":[]}""",
                        Map.of("X-RateGuard-Customer", "other", "X-RateGuard-Tag-team", "other"))
                .headers()
                .firstValue("X-RateGuard-Request-Id")
                .orElseThrow();

        JsonNode recorded = recorded(request);
        assertThat(recorded.path("customer").asString()).isEqualTo("acme");
        assertThat(recorded.path("tags").path("team").asString()).isEqualTo("search");
    }

    private static String run(Recipe recipe, String secret) {
        if (recipe.isPython()) {
            assumeTrue(
                    pythonHasThePackages(),
                    recipe.file + " was not run: python3 -c '" + PYTHON_PACKAGES + "' fails here"
                            + " (expected: a python3 with the packages of docs/recipes/requirements.txt)");
        }
        return new Command(
                        recipe.command(),
                        Document.ROOT,
                        Map.of("RATEGUARD_PROXY", CONSOLE.product().text("proxyUrl"), "RATEGUARD_KEY", secret))
                .run();
    }

    private static boolean pythonHasThePackages() {
        String answer = Command.shell(
                        "python3 -c '" + PYTHON_PACKAGES + "' >/dev/null 2>&1 && echo yes || echo no", Map.of())
                .run();
        return answer.strip().equals("yes");
    }

    /** A code block of the document, as it stands. */
    private static String shell(String block, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("RATEGUARD_CONSOLE", CONSOLE.product().text("consoleUrl"));
        environment.put("RATEGUARD_TOKEN", CONSOLE.product().text("managementToken"));
        return Command.shell(CLIENTS.block(block), environment).run();
    }

    /** What the document's look-up says of a request once it is recorded. */
    private static JsonNode recorded(String requestId) {
        JsonNode[] found = new JsonNode[1];
        CONSOLE.product().await(requestId + " to be recorded", RECORDED_WITHIN, () -> {
            found[0] = JsonMapper.shared().readTree(shell("run: look-up", Map.of("REQUEST_ID", requestId)));
            return found[0].path("requestId").asString("").equals(requestId);
        });
        return found[0];
    }

    /** One more refusal is recorded behind those that the recipe caused, so that none is still on its way. */
    private static void refusedOnlyAsOftenAsAsked(Caller caller, Recipe recipe) {
        recorded(refusal(caller));
        caller.refusals += recipe.refusedCalls;
        assertThat(refusalsOf(caller)).isEqualTo(caller.refusals);
    }

    private static int refusalsOf(Caller caller) {
        return CONSOLE.product()
                .manage("GET", "/requests?limit=500&key=" + caller.id + "&decision=" + caller.decision, "")
                .path("items")
                .size();
    }

    private static String refusal(Caller caller) {
        caller.refusals++;
        return CONSOLE.chat(caller.secret, "demo-small", "Once more")
                .headers()
                .firstValue("X-RateGuard-Request-Id")
                .orElseThrow();
    }

    private static void untilRefused(Caller caller) {
        CONSOLE.product()
                .await(
                        "a refusal: " + caller.decision,
                        Duration.ofSeconds(10),
                        () -> CONSOLE.chat(caller.secret, "demo-small", "Hello").statusCode() >= 400);
        caller.refusals++;
    }

    private static Caller caller(String name, String decision) {
        JsonNode made = CONSOLE.product().manage("POST", "/keys", "{\"name\": \"" + name + "\"}");
        MADE.add("/keys/" + made.path("id").asString() + "/revoke");
        return new Caller(made, decision);
    }

    private static void manage(String list, String body) {
        JsonNode made = CONSOLE.product().manage("POST", list, body);
        MADE.add(list + "/" + made.path("id").asString());
    }

    private static BigDecimal cost(JsonNode request) {
        return cents(new BigDecimal(request.path("costUsd").asString())
                .movePointRight(2)
                .toPlainString());
    }

    private static BigDecimal cents(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }
}
