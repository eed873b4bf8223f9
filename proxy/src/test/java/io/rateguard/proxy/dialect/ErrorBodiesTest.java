package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErrorBodiesTest {

    private static final ErrorDetail DETAIL =
            new ErrorDetail("0198-req", "lim_1", Instant.parse("2026-11-02T10:00:00Z"));

    @Test
    void speaksOpenAi() {
        assertThat(body(ReplyFixturesTest.CHAT, ErrorCategory.LIMIT, 429, "rate_limited", DETAIL))
                .isEqualTo(
                        "application/json {\"error\":{\"message\":\"Say \\\"when\\\"\",\"type\":\"rate_limit_error\","
                                + "\"param\":null,\"code\":\"rate_limited\",\"request_id\":\"0198-req\",\"rule\":\"lim_1\","
                                + "\"reset_at\":\"2026-11-02T10:00:00Z\"}}");
        assertThat(body(ReplyFixturesTest.CHAT, ErrorCategory.BUDGET, 402, "budget_exhausted", ErrorDetail.NONE))
                .isEqualTo(
                        "application/json {\"error\":{\"message\":\"Say \\\"when\\\"\",\"type\":\"insufficient_quota\","
                                + "\"param\":null,\"code\":\"budget_exhausted\"}}");
    }

    @Test
    void speaksAnthropic() {
        assertThat(body(new AnthropicMessages(Quirks.OPENAI), ErrorCategory.LIMIT, 429, "rate_limited", DETAIL))
                .isEqualTo("application/json {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\","
                        + "\"message\":\"Say \\\"when\\\"\",\"code\":\"rate_limited\",\"rule\":\"lim_1\","
                        + "\"reset_at\":\"2026-11-02T10:00:00Z\"},\"request_id\":\"0198-req\"}");
        assertThat(body(
                        new AnthropicMessages(Quirks.OPENAI),
                        ErrorCategory.CALLER,
                        401,
                        "unauthenticated",
                        ErrorDetail.NONE))
                .contains("\"type\":\"authentication_error\"");
        assertThat(body(
                        new AnthropicMessages(Quirks.OPENAI),
                        ErrorCategory.UPSTREAM,
                        504,
                        "upstream_timeout",
                        ErrorDetail.NONE))
                .contains("\"type\":\"timeout_error\"");
    }

    @Test
    void speaksGemini() {
        Dialect gemini = new Gemini(Gemini.Kind.GENERATE);

        assertThat(body(gemini, ErrorCategory.LIMIT, 429, "rate_limited", DETAIL))
                .isEqualTo("application/json {\"error\":{\"code\":429,\"message\":\"Say \\\"when\\\"\","
                        + "\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{"
                        + "\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"rate_limited\","
                        + "\"domain\":\"rateguard\",\"metadata\":{\"requestId\":\"0198-req\",\"rule\":\"lim_1\","
                        + "\"resetAt\":\"2026-11-02T10:00:00Z\"}}]}}");
        assertThat(body(gemini, ErrorCategory.CALLER, 401, "unauthenticated", ErrorDetail.NONE))
                .contains("\"status\":\"UNAUTHENTICATED\"");
        assertThat(body(gemini, ErrorCategory.UPSTREAM, 504, "upstream_timeout", ErrorDetail.NONE))
                .contains("\"status\":\"DEADLINE_EXCEEDED\"");
    }

    @Test
    void speaksStripeAsItsClientsReadIt() {
        Dialect stripe = new PlainDialect("stripe", OpenAiDialect::errorBody);

        assertThat(body(stripe, ErrorCategory.CALLER, 400, "invalid_path", ErrorDetail.NONE))
                .isEqualTo("application/json {\"error\":{\"message\":\"Say \\\"when\\\"\","
                        + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_path\"}}");
    }

    @Test
    void speaksProblemDocuments() {
        assertThat(body(new PlainDialect(), ErrorCategory.BUDGET, 402, "budget_exhausted", DETAIL))
                .isEqualTo("application/problem+json {\"type\":\"urn:rateguard:problem:budget_exhausted\","
                        + "\"title\":\"Budget exhausted\",\"status\":402,\"detail\":\"Say \\\"when\\\"\","
                        + "\"code\":\"budget_exhausted\",\"requestId\":\"0198-req\",\"rule\":\"lim_1\","
                        + "\"resetAt\":\"2026-11-02T10:00:00Z\"}");
    }

    private static String body(Dialect dialect, ErrorCategory category, int status, String code, ErrorDetail detail) {
        ErrorBody body = dialect.error(category, status, code, "Say \"when\"", detail);
        return body.contentType() + " " + new String(body.bytes(), UTF_8);
    }
}
