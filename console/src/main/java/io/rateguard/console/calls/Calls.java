package io.rateguard.console.calls;

import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.calls.Ended.How;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.key.Secret;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sends calls to the proxy, each on a thread of its own, and reads their replies as they come, up to a bound. */
@Component
public class Calls {

    /** More of a reply nobody reads on a screen. */
    public static final int MOST_CHARS = 250_000;

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration FIRST_BYTE_PATIENCE = Duration.ofMinutes(5);
    private static final int CHUNK_CHARS = 8_192;
    private static final String PATH_EXPECTED =
            " (expected: a path that begins with /, percent-encoded, such as /v1/models)";

    private final String proxyUrl;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    Calls(ConsoleSettings settings) {
        String url = settings.proxyUrl();
        this.proxyUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * Begins a call; a path that is none is objected to.
     *
     * @return ends the call early, from any thread
     */
    public Runnable begin(Call call, Secret key, Listener listener) {
        HttpRequest request = request(call, key);
        Thread caller = Thread.ofVirtual().name("call").start(() -> exchange(request, listener));
        return caller::interrupt;
    }

    private HttpRequest request(Call call, Secret key) {
        HttpRequest.BodyPublisher body = call.body() == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(call.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(address(call))
                .timeout(FIRST_BYTE_PATIENCE)
                .method(call.method(), body)
                .header("User-Agent", "RateGuard console")
                .header("Authorization", "Bearer " + key.reveal());
        if (call.body() != null) {
            request.header("Content-Type", "application/json");
        }
        call.headers().forEach(request::header);
        return request.build();
    }

    /** Of this API and no other place of the proxy. */
    private URI address(Call call) {
        String api = proxyUrl + "/proxy/" + call.api();
        try {
            URI address = URI.create(api + call.path());
            if (call.path().startsWith("/")
                    && address.getRawFragment() == null
                    && address.equals(address.normalize())) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw Problem.invalid("path: " + call.path() + PATH_EXPECTED);
    }

    private void exchange(HttpRequest request, Listener listener) {
        long began = System.nanoTime();
        How how;
        try {
            how = read(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), began, listener);
        } catch (HttpConnectTimeoutException | ConnectException away) {
            how = How.NOT_REACHED;
        } catch (HttpTimeoutException slow) {
            how = How.TOO_SLOW;
        } catch (InterruptedException cancelled) {
            how = How.CANCELLED;
        } catch (IOException broken) {
            how = Thread.currentThread().isInterrupted() || broken.getCause() instanceof InterruptedException
                    ? How.CANCELLED
                    : How.CUT;
        }
        // Whoever is told may wait for something.
        var _ = Thread.interrupted();
        listener.ended(new Ended(how, since(began)));
    }

    private static How read(HttpResponse<InputStream> response, long began, Listener listener) throws IOException {
        try (Reader body = new InputStreamReader(response.body(), StandardCharsets.UTF_8)) {
            listener.head(new Head(response.statusCode(), response.headers().map(), since(began)));
            char[] chunk = new char[CHUNK_CHARS];
            int read = 0;
            for (int more = body.read(chunk); more >= 0; more = body.read(chunk)) {
                if (read + more > MOST_CHARS) {
                    listener.text(new String(chunk, 0, MOST_CHARS - read));
                    return How.TOO_LARGE;
                }
                read += more;
                listener.text(new String(chunk, 0, more));
            }
            return How.WHOLE;
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
