package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.usage.UsageSource;
import org.junit.jupiter.api.Test;

/** What the head of a reply says about how to read it. */
class ReplyHeadTest {

    private static final byte[] UNARY =
            "{\"choices\":[{}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}".getBytes(UTF_8);
    private static final byte[] STREAM = ("data: " + new String(UNARY, UTF_8) + "\n\ndata: [DONE]\n\n").getBytes(UTF_8);

    @Test
    void readsNothingFromErrors() {
        for (int status : new int[] {302, 400, 429, 500, 503}) {
            ReplyMeter meter = meter(false, status, "application/json");

            assertThat(Bytes.pass(meter, UNARY)).isEqualTo(UNARY);
            assertThat(meter.reading()).isEqualTo(Reading.NOTHING);
        }
    }

    @Test
    void readsADocumentThatAnswersAStreamRequest() {
        assertReported(meter(true, 200, "application/json; charset=utf-8"), UNARY);
    }

    @Test
    void readsAStreamByItsTypeElseByTheRequest() {
        assertReported(meter(false, 200, "Text/Event-Stream"), STREAM);
        assertReported(meter(true, 200, null), STREAM);
        assertReported(meter(false, 201, null), UNARY);
    }

    @Test
    void readsPlainRepliesNotAtAll() {
        Dialect plain = new PlainDialect();
        ReplyMeter meter = plain.meter(plain.ask(Bytes.heap("x"), "text/plain"), 200, "application/json", "br");

        assertThat(Bytes.pass(meter, UNARY, 3)).isEqualTo(UNARY);
        assertThat(meter.reading().source()).isEqualTo(UsageSource.NONE);
    }

    private static void assertReported(ReplyMeter meter, byte[] reply) {
        assertThat(Bytes.pass(meter, reply)).isEqualTo(reply);
        assertThat(meter.reading().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(meter.reading().streamFinished()).isTrue();
    }

    private static ReplyMeter meter(boolean stream, int status, String contentType) {
        return ReplyFixturesTest.CHAT.meter(ReplyFixturesTest.ask(stream, BodyEdit.NONE), status, contentType, null);
    }
}
