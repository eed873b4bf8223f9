package io.rateguard.console.apis;

import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.Connection.Verdict;
import io.rateguard.console.calls.Call;
import io.rateguard.console.calls.Ended;
import io.rateguard.console.calls.Head;
import io.rateguard.console.calls.SaidMessage;
import io.rateguard.domain.api.AuthType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says in words what the answer to a probe shows. */
record Findings(Api api, Probe probe, Call call) {

    private static final String UPSTREAM_CODES = "upstream_";

    /** @param head none where nothing was answered */
    Connection of(Ended.How how, @Nullable Head head, String body) {
        if (head == null) {
            return switch (how) {
                case TOO_SLOW, CANCELLED -> unanswered(Verdict.UNREACHABLE, "No answer came within 15 s.");
                case WHOLE, TOO_LARGE, CUT, NOT_REACHED ->
                    unanswered(
                            Verdict.PROXY_AWAY,
                            "The console does not reach the proxy: is it running, and is RATEGUARD_PROXY_URL right?");
            };
        }
        return head.error().map(code -> refused(code, head, body)).orElseGet(() -> answered(head, body));
    }

    private Connection unanswered(Verdict verdict, String message) {
        return new Connection(verdict, message, request(), null, null, null, null);
    }

    /** By RateGuard, or because the provider was not reached: it says what was wrong. */
    private Connection refused(String code, Head head, String body) {
        boolean unreachable = code.startsWith(UPSTREAM_CODES);
        String said = SaidMessage.in(body).orElse(code + ".");
        return new Connection(
                unreachable ? Verdict.UNREACHABLE : Verdict.REFUSED,
                unreachable ? said : "RateGuard did not let the request through: " + said,
                request(),
                null,
                null,
                null,
                head.requestId().orElse(null));
    }

    private Connection answered(Head head, String body) {
        int status = head.status();
        Verdict verdict = verdict(status);
        return new Connection(
                verdict,
                api.name() + " answered " + status + ": " + meaning(verdict, status),
                request(),
                status,
                latency(head),
                status < 400
                        ? null
                        : SaidMessage.in(body).map(SaidMessage::excerpt).orElse(null),
                head.requestId().orElse(null));
    }

    private Verdict verdict(int status) {
        if (status < 300) {
            return Verdict.CONNECTED;
        }
        return switch (status) {
            case 401, 403 -> Verdict.SECRET_REFUSED;
            case 408, 429 -> Verdict.TROUBLED;
            default -> status < 500 ? Verdict.ANSWERED : Verdict.TROUBLED;
        };
    }

    private String meaning(Verdict verdict, int status) {
        boolean hasSecret = api.authType() != AuthType.NONE;
        return switch (verdict) {
            case CONNECTED ->
                !hasSecret
                        ? "it is reached."
                        : probe.needsSecret()
                                ? "it is reached, and accepts the secret."
                                : "it is reached. Whether it accepts the secret, this request does not show.";
            case SECRET_REFUSED ->
                hasSecret
                        ? "it is reached, and does not accept the secret" + (status == 403 ? ", or not for this." : ".")
                        : "it is reached, and wants a secret.";
            case TROUBLED ->
                status == 429 ? "it is reached, and takes no more requests now." : "it is reached, and has trouble.";
            case ANSWERED ->
                status < 400
                        ? "it is reached, and points elsewhere. The proxy follows no redirects: is the base URL right?"
                        : probe.needsSecret()
                                ? "it is reached, and has nothing there. Is the base URL right?"
                                : "it is reached.";
            case UNREACHABLE, REFUSED, PROXY_AWAY -> throw new IllegalArgumentException(verdict.wireName());
        };
    }

    /** As the proxy measured it. */
    private static Duration latency(Head head) {
        return head.header("x-rateguard-latency-ms")
                .map(millis -> Duration.ofNanos(Math.round(Double.parseDouble(millis) * 1_000_000)))
                .orElse(head.after());
    }

    private String request() {
        return call.method() + " " + call.path();
    }
}
