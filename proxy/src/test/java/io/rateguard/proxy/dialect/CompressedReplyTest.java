package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.usage.UsageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressedReplyTest {

    private static final String REPLY =
            "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"Grüße\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}";
    private static final String READ = "PROVIDER model=m tier=null finished=true usage={INPUT=5, OUTPUT=2}";

    interface Compression {
        OutputStream around(OutputStream out) throws IOException;
    }

    @Test
    void readsGzipWhereverItIsCutAndPassesItUnchanged() throws IOException {
        assertReadsAtEveryCut("gzip", compressed(REPLY, GZIPOutputStream::new));
    }

    @Test
    void readsGzipWithEveryOptionalHeaderField() throws IOException {
        byte[] plain = compressed(REPLY, GZIPOutputStream::new);
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.write(plain, 0, 3);
        reply.write(2 | 4 | 8 | 16);
        reply.write(plain, 4, 6);
        reply.writeBytes(new byte[] {3, 0, 1, 0, 2});
        reply.writeBytes("name\0comment\0".getBytes(UTF_8));
        reply.writeBytes(new byte[] {7, 7});
        reply.write(plain, 10, plain.length - 10);

        assertReadsAtEveryCut("x-gzip", reply.toByteArray());
    }

    @Test
    void readsSeveralGzipMembersAsOne() throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.writeBytes(compressed(REPLY.substring(0, 30), GZIPOutputStream::new));
        reply.writeBytes(compressed(REPLY.substring(30), GZIPOutputStream::new));

        assertReadsAtEveryCut("gzip", reply.toByteArray());
    }

    @Test
    void readsDeflateWithAndWithoutItsWrapper() throws IOException {
        assertReadsAtEveryCut("deflate", compressed(REPLY, DeflaterOutputStream::new));
        assertReadsAtEveryCut(
                "Deflate", compressed(REPLY, out -> new DeflaterOutputStream(out, new Deflater(9, true))));
    }

    @Test
    void leavesTheExtraReportInACompressedStream() throws IOException {
        byte[] reply = compressed(
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n",
                GZIPOutputStream::new);
        ReplyMeter meter = ReplyFixturesTest.CHAT.meter(
                ReplyFixturesTest.ask(true, new BodyEdit(List.of(), true)), 200, "text/event-stream", "gzip");

        assertThat(Bytes.pass(meter, reply, 7)).isEqualTo(reply);
        assertThat(meter.reading().usage().totalTokens()).isEqualTo(7);
    }

    @Test
    void knowsNothingOfAnUnknownEncodingAndPassesIt() {
        byte[] reply = REPLY.getBytes(UTF_8);
        for (String encoding : List.of("br", "zstd", "gzip, gzip")) {
            ReplyMeter meter = meter(encoding);

            assertThat(Bytes.pass(meter, reply)).isEqualTo(reply);
            assertThat(meter.reading()).isEqualTo(Reading.NOTHING);
        }
    }

    @Test
    void passesBrokenDataAndKnowsNothing() throws IOException {
        byte[] reply = compressed(REPLY, GZIPOutputStream::new);
        for (int at = 12; at < reply.length; at++) {
            byte[] broken = reply.clone();
            broken[at] ^= 0x55;
            ReplyMeter meter = meter("gzip");

            assertThat(Bytes.pass(meter, broken, at)).isEqualTo(broken);
        }
        byte[] noGzip = REPLY.getBytes(UTF_8);
        ReplyMeter meter = meter("gzip");
        assertThat(Bytes.pass(meter, noGzip)).isEqualTo(noGzip);
        assertThat(meter.reading()).isEqualTo(Reading.NOTHING);
    }

    @Test
    void givesUpOnAReplyThatInflatesWithoutEnd() throws IOException {
        byte[] text = ("{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(1 << 20)).getBytes(UTF_8);
        byte[] reply = compressed(new String(text, UTF_8), out -> {
            GZIPOutputStream gzip = new GZIPOutputStream(out);
            for (int i = 0; i < 70; i++) {
                gzip.write(text);
            }
            return gzip;
        });
        ReplyMeter meter = meter("gzip");

        assertThat(Bytes.pass(meter, reply)).isEqualTo(reply);
        assertThat(meter.reading().source()).isEqualTo(UsageSource.NONE);
    }

    private static void assertReadsAtEveryCut(String encoding, byte[] reply) {
        for (int cut = 0; cut <= reply.length; cut++) {
            ReplyMeter meter = meter(encoding);

            assertThat(Bytes.pass(meter, reply, cut)).isEqualTo(reply);
            assertThat(ReplyFixturesTest.line(meter.reading()))
                    .as("cut at %s", cut)
                    .isEqualTo(READ);
        }
    }

    private static ReplyMeter meter(String encoding) {
        return ReplyFixturesTest.CHAT.meter(
                ReplyFixturesTest.ask(false, BodyEdit.NONE), 200, "application/json", encoding);
    }

    private static byte[] compressed(String text, Compression compression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.around(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
