package io.rateguard.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP/1.1 client against one demo provider. */
final class TestClient implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DemoProvider provider;

    TestClient(DemoProvider provider) {
        this.provider = provider;
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        try {
            return send(path, "POST", body, headers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        try {
            return send(path, "GET", "", headers);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    HttpResponse<String> send(String path, String method, String body, String... headers) throws IOException {
        return send(path, method, body, HttpResponse.BodyHandlers.ofString(), headers);
    }

    <T> HttpResponse<T> send(
            String path, String method, String body, HttpResponse.BodyHandler<T> reader, String... headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.url() + path))
                .timeout(DEADLINE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), reader);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** The data of each event, in order. */
    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
