package io.rateguard.standalone.training;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What people do first with a product that has started: a request through the proxy, a look at the console. */
public final class FirstRequests {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int REQUESTS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final String proxyUrl;
    private final String demoKey;
    private final String consoleUrl;

    public FirstRequests(String proxyUrl, String demoKey, String consoleUrl) {
        this.proxyUrl = proxyUrl;
        this.demoKey = demoKey;
        this.consoleUrl = consoleUrl;
    }

    /** @throws StandaloneException when one is not answered with 200 */
    public void send() {
        for (int i = 0; i < REQUESTS; i++) {
            send(HttpRequest.newBuilder(URI.create(proxyUrl + "/proxy/demo/v1/chat/completions"))
                    .header("Authorization", "Bearer " + demoKey)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"model": "demo-small", "messages": [{"role": "user", "content": "Hello"}]}
                            """)));
        }
        send(HttpRequest.newBuilder(URI.create(consoleUrl + "/")));
    }

    private void send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(ANSWER_WITHIN).build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new StandaloneException(request.uri() + " answered " + status + " (expected: 200)");
            }
        } catch (IOException failed) {
            throw new StandaloneException(request.uri() + " does not answer: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while asking " + request.uri(), stopped);
        }
    }
}
