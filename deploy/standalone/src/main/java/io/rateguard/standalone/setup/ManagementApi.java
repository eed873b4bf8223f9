package io.rateguard.standalone.setup;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One workspace in the management API of the console. */
public final class ManagementApi {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final String base;
    private final String token;

    public ManagementApi(String consoleUrl, String workspace, String token) {
        this.base = consoleUrl + "/api/v1/workspaces/" + workspace;
        this.token = token;
    }

    /** The workspace itself. */
    public JsonNode workspace() {
        return find("").orElseThrow(() -> new StandaloneException("the management API knows nothing at " + base));
    }

    /** The resource at this path, or nothing when there is none. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = send(path, "GET", HttpRequest.BodyPublishers.noBody());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(body(path, answer));
    }

    /** Whether a list has an item of this name, on any of its pages. */
    boolean hasNamed(String list, String name) {
        return findNamed(list, name).isPresent();
    }

    /** The first item of this name in a list, on any of its pages. */
    public Optional<JsonNode> findNamed(String list, String name) {
        return items(list).stream()
                .filter(item -> item.path("name").asString("").equals(name))
                .findFirst();
    }

    /** All of a list, from all of its pages. */
    public List<JsonNode> items(String list) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = find(list + "?limit=500" + cursor).orElseThrow();
            page.path("items").forEach(items::add);
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : "";
        } while (!cursor.isEmpty());
        return items;
    }

    public JsonNode create(String list, String json) {
        return body(list, send(list, "POST", HttpRequest.BodyPublishers.ofString(json)));
    }

    public void delete(String path) {
        body(path, send(path, "DELETE", HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode body(String path, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new StandaloneException(
                    "the management API answered %s to %s: %s".formatted(answer.statusCode(), path, answer.body()));
        }
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(path.isEmpty() ? base : base + "/" + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new StandaloneException("the management API does not answer at " + base + "/" + path, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while asking the management API", stopped);
        }
    }
}
