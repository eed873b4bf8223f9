package io.rateguard.alerts.delivery;

import io.rateguard.domain.net.AddressGuard;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses that members of workspaces chose: never to one the guard objects to, asked about the very address
 * that is connected to; never on to where an answer points. Their addresses are secrets and appear in no message.
 */
final class Webhooks implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout READ = Timeout.ofSeconds(10);
    private static final long WHOLE_SECONDS = 20;

    private final CloseableHttpClient http;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-time").factory());

    /** @param atOnce how many may be under way */
    Webhooks(AddressGuard guard, int atOnce) {
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guarded(guard))
                        .setMaxConnTotal(atOnce)
                        .setMaxConnPerRoute(atOnce)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(READ)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(READ)
                        .setConnectionRequestTimeout(READ)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("RateGuard")
                .build();
    }

    /**
     * Returns the answer when the receiver has taken it.
     *
     * @param id the same for every attempt
     * @param signed further headers
     */
    Answer post(UUID id, URI address, String json, Map<String, String> signed) {
        HttpPost request = request(address);
        request.setHeader("X-RateGuard-Event-Id", id.toString());
        signed.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
        ScheduledFuture<?> overdue = timer.schedule(request::cancel, WHOLE_SECONDS, TimeUnit.SECONDS);
        Answer answer;
        try {
            answer = http.execute(request, response -> answer(response, address));
        } catch (ForbiddenAddress forbidden) {
            throw NotDelivered.ever("webhook: " + forbidden.getMessage());
        } catch (IOException | RuntimeException failed) {
            throw NotDelivered.now("webhook: " + (request.isCancelled() ? "no answer in time" : reason(failed)));
        } finally {
            overdue.cancel(false);
        }
        if (!answer.isTaken()) {
            throw NotDelivered.answered(answer);
        }
        return answer;
    }

    private static Answer answer(ClassicHttpResponse response, URI address) throws IOException {
        Header pause = response.getFirstHeader("Retry-After");
        HttpEntity entity = response.getEntity();
        byte[] beginning = entity == null ? new byte[0] : entity.getContent().readNBytes(Answer.MOST_BYTES);
        return Answer.of(
                response.getCode(),
                new String(beginning, StandardCharsets.UTF_8),
                pause == null ? "" : String.valueOf(pause.getValue()),
                address);
    }

    /** What was saved may still be no address. */
    private static HttpPost request(URI address) {
        try {
            return new HttpPost(address);
        } catch (IllegalArgumentException unusable) {
            throw NotDelivered.ever("webhook: its address cannot be called");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** What a failure says of itself could quote the address. */
    private static String reason(Exception failed) {
        return switch (failed) {
            case UnknownHostException unknown -> "its host name is not known";
            case SocketTimeoutException late -> "no answer in time";
            case ConnectException refused -> "no connection";
            default -> failed.getClass().getSimpleName();
        };
    }

    /** Gives only addresses that may be connected to. */
    private record Guarded(AddressGuard guard) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": asked for without its port");
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            List<InetSocketAddress> allowed = new ArrayList<>();
            Optional<String> objection = Optional.empty();
            for (InetAddress each : Arrays.asList(InetAddress.getAllByName(host))) {
                InetSocketAddress address = new InetSocketAddress(each, port);
                Optional<String> ofThis = guard.objection(address);
                if (ofThis.isEmpty()) {
                    allowed.add(address);
                } else {
                    objection = ofThis;
                }
            }
            if (allowed.isEmpty()) {
                throw new ForbiddenAddress(objection.orElse("its host name has no address"));
            }
            return allowed;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static final class ForbiddenAddress extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        ForbiddenAddress(String objection) {
            super(objection);
        }
    }
}
