package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.rateguard.domain.usage.UsageSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an upstream sends reaches the client as it is, and is read without harm; what is unknown is never zero. */
class HostileRepliesTest {

    private static final int ROUNDS = 20;

    @BeforeAll
    static void watchForLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    static List<ReplyFixturesTest.Fixture> fixtures() throws IOException {
        return ReplyFixturesTest.fixtures().toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void anyWayToCutAReplyGivesTheSameBytesAndTheSameVector(ReplyFixturesTest.Fixture fixture) {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < ROUNDS; round++) {
            int[] cuts = cuts(random, fixture.reply().length);
            ReplyMeter meter = fixture.meter();

            byte[] seen = Bytes.pass(meter, fixture.reply(), cuts);

            assertThat(seen).isEqualTo(fixture.reply());
            assertThat(ReplyFixturesTest.line(meter.reading()))
                    .as("cuts %s", Arrays.toString(cuts))
                    .isEqualTo(fixture.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aReplyThatBreaksOffAnywhereIsNeverALastReportOfNothing(ReplyFixturesTest.Fixture fixture) {
        for (int length = 0; length < fixture.reply().length; length++) {
            byte[] begun = Arrays.copyOf(fixture.reply(), length);
            ReplyMeter meter = fixture.meter();

            byte[] seen = Bytes.pass(meter, begun);

            assertThat(seen).isEqualTo(begun);
            assertNotZero(meter.reading());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aReplyWithBytesChangedIsPassedAndReadWithoutHarm(ReplyFixturesTest.Fixture fixture) {
        SplittableRandom random = new SplittableRandom(11);
        byte[] alphabet = "\"{}[]:,\\\n\r0-9eEx \ufeffdata: null".getBytes(UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] reply = fixture.reply().clone();
            for (int i = random.nextInt(6); i >= 0 && reply.length > 0; i--) {
                reply[random.nextInt(reply.length)] =
                        random.nextBoolean() ? alphabet[random.nextInt(alphabet.length)] : (byte) random.nextInt(256);
            }
            ReplyMeter whole = fixture.meter();
            ReplyMeter cut = fixture.meter();

            assertThat(Bytes.pass(whole, reply)).isEqualTo(reply);
            assertThat(Bytes.pass(cut, reply, cuts(random, reply.length))).isEqualTo(reply);

            assertThat(ReplyFixturesTest.line(cut.reading())).isEqualTo(ReplyFixturesTest.line(whole.reading()));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void endlessNamesTextsAndNestingAreReadInLittleMemory(ReplyFixturesTest.Fixture fixture) {
        byte[] endless = ("data: {\"" + "n".repeat(1 << 20) + "\":\"" + "v".repeat(1 << 20) + "\",\"usage\":{\"x\":"
                        + "[".repeat(1 << 16) + "{\"prompt_tokens\":" + "9".repeat(1 << 16) + "}}}\n\n")
                .getBytes(UTF_8);
        ReplyMeter meter = fixture.meter();

        assertThat(Bytes.pass(meter, endless)).isEqualTo(endless);
        assertThat(meter.reading().usage().isEmpty()).isTrue();
        assertThat(meter.reading().source()).isIn(UsageSource.NONE, UsageSource.COUNTED);
    }

    private static int[] cuts(SplittableRandom random, int length) {
        return IntStream.generate(() -> random.nextInt(length + 1))
                .limit(random.nextInt(20))
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readingAStreamCostsLittleMemoryHoweverLongItIs(boolean hiding) {
        byte[] event =
                "data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt-4o\",\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n"
                        .getBytes(UTF_8);
        Ask ask = ReplyFixturesTest.ask(true, new BodyEdit(List.of(), hiding));
        ReplyMeter meter = ReplyFixturesTest.CHAT.meter(ask, 200, "text/event-stream", null);
        ByteBuf chunk = Unpooled.wrappedBuffer(event);
        meter.pass(chunk.retain()).release();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            meter.pass(chunk.retain()).release();
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / 100_000).isLessThan(256);
        assertThat(meter.reading().usage().outputTokens()).isEqualTo((100_001L * 5 + 3) / 4);
        meter.end().release();
        chunk.release();
    }

    /** A report that counts nothing is the provider's own word only where the reply came to its end. */
    private static void assertNotZero(Reading reading) {
        switch (reading.source()) {
            case PROVIDER, PARTIAL, COUNTED ->
                assertThat(reading.usage().isEmpty()).isFalse();
            case NONE -> assertThat(reading.usage().isEmpty()).isTrue();
            case ESTIMATED -> throw new AssertionError("a meter does not estimate");
        }
    }
}
