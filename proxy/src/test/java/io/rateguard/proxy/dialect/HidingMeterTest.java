package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.rateguard.domain.usage.UsageSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HidingMeterTest {

    private static final String BEFORE = ": ping\n\n"
            + "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"Grüß 🌍\"}}],\"usage\":null}\n\n"
            + "data: {\"model\":\"m\",\"choices\":[],\"prompt_filter_results\":[]}\n\n";
    private static final String EXTRA =
            "data: {\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\n";
    private static final String AFTER = "data: [DONE]\n\n";

    @BeforeAll
    static void watchForLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void cutsExactlyTheReportThatOnlyWeAskedForWhereverTheReplyIsCut(String lineEnd) {
        byte[] reply = (BEFORE + EXTRA + AFTER).replace("\n", lineEnd).getBytes(UTF_8);
        byte[] rest = (BEFORE + AFTER).replace("\n", lineEnd).getBytes(UTF_8);
        for (int cut = 0; cut <= reply.length; cut++) {
            ReplyMeter meter = hiding();

            byte[] seen = Bytes.pass(meter, reply, cut);

            assertThat(new String(seen, UTF_8)).as("cut at %s", cut).isEqualTo(new String(rest, UTF_8));
            assertReported(meter);
        }
        ReplyMeter meter = hiding();
        assertThat(Bytes.pass(meter, reply, Bytes.everywhere(reply))).isEqualTo(rest);
        assertReported(meter);
    }

    @Test
    void keepsTheReportWhenItComesWithAChoice() {
        byte[] reply =
                "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n"
                        .getBytes(UTF_8);
        ReplyMeter meter = hiding();

        assertThat(Bytes.pass(meter, reply, Bytes.everywhere(reply))).isEqualTo(reply);
        assertReported(meter);
    }

    @Test
    void cutsTheReportOfAServerThatWritesNullChoices() {
        byte[] reply = (BEFORE + EXTRA.replace("[]", "null") + AFTER).getBytes(UTF_8);
        ReplyMeter meter = hiding();

        assertThat(Bytes.pass(meter, reply)).isEqualTo((BEFORE + AFTER).getBytes(UTF_8));
        assertReported(meter);
    }

    @Test
    void cutsTheReportAtTheVeryEndOfAStreamWithoutItsBlankLine() {
        byte[] reply = (BEFORE + EXTRA.strip()).getBytes(UTF_8);
        ReplyMeter meter = hiding();

        assertThat(Bytes.pass(meter, reply, BEFORE.getBytes(UTF_8).length + 9)).isEqualTo(BEFORE.getBytes(UTF_8));
        assertThat(meter.reading().source()).isEqualTo(UsageSource.PROVIDER);
    }

    @Test
    void handsOnABrokenEndAsItCame() {
        byte[] reply = (BEFORE + EXTRA.substring(0, 60)).getBytes(UTF_8);
        ReplyMeter meter = hiding();

        assertThat(Bytes.pass(meter, reply, BEFORE.length() + 20)).isEqualTo(reply);
        assertThat(meter.reading().source()).isEqualTo(UsageSource.COUNTED);
    }

    @Test
    void passesWholeEventsAtOnceAndTheSameBuffer() {
        ReplyMeter meter = hiding();
        ByteBuf chunk = Bytes.heap(BEFORE);

        ByteBuf passed = meter.pass(chunk);

        assertThat(passed).isSameAs(chunk);
        passed.release();
        meter.end().release();
    }

    @Test
    void holdsOnlyTheEventThatIsNotWholeYet() {
        ReplyMeter meter = hiding();
        ByteBuf first = meter.pass(Bytes.heap("data: {\"choices\":[{}]}\n\ndata: {\"choi"));
        ByteBuf second = meter.pass(Bytes.heap("ces\":[{}]}\n\n"));

        assertThat(List.of(first.toString(UTF_8), second.toString(UTF_8)))
                .containsExactly("data: {\"choices\":[{}]}\n\n", "data: {\"choices\":[{}]}\n\n");
        first.release();
        second.release();
        meter.end().release();
    }

    @Test
    void passesAnEventAboveOneMebibyteAsItComesAndStillCutsTheReportBehindIt() {
        String large = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(3 << 20) + "\"}}]}\n\n";
        byte[] reply = (large + EXTRA + AFTER).getBytes(UTF_8);
        ReplyMeter meter = hiding();
        ByteBuf first = meter.pass(Bytes.direct(reply, 0, 1 << 19));
        ByteBuf second = meter.pass(Bytes.direct(reply, 1 << 19, 1 << 21));
        ByteBuf third = meter.pass(Bytes.direct(reply, 1 << 21, reply.length));

        assertThat(first.readableBytes()).isZero();
        assertThat(second.readableBytes()).isEqualTo(1 << 21);
        assertThat(third.toString(UTF_8)).isEqualTo((large + AFTER).substring(1 << 21));
        assertReported(meter);
        first.release();
        second.release();
        third.release();
        meter.end().release();
    }

    @Test
    void givesBackWhatItHoldsWhenTheExchangeBreaksOff() {
        ReplyMeter meter = hiding();
        ByteBuf chunk = Bytes.heap("data: {\"cho");
        meter.pass(chunk).release();

        ByteBuf rest = meter.end();

        assertThat(rest.toString(UTF_8)).isEqualTo("data: {\"cho");
        rest.release();
        assertThat(chunk.refCnt()).isZero();
    }

    private static ReplyMeter hiding() {
        Ask ask = ReplyFixturesTest.ask(true, new BodyEdit(List.of(), true));
        return ReplyFixturesTest.CHAT.meter(ask, 200, "text/event-stream; charset=utf-8", null);
    }

    private static void assertReported(ReplyMeter meter) {
        assertThat(ReplyFixturesTest.line(meter.reading()))
                .endsWith("finished=true usage={INPUT=5, OUTPUT=2}")
                .startsWith("PROVIDER");
    }
}
