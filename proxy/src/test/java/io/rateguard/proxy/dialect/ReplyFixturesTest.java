package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded reply reads the same however it is cut, and reaches the client as it is. */
class ReplyFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/dialect");
    private static final Map<String, Dialect> DIALECTS =
            Map.of("openai-chat", new OpenAiChat(), "anthropic-messages", new AnthropicMessages());

    record Fixture(String dialect, String name, byte[] reply, String expected) {

        ReplyMeter meter() {
            boolean stream = name.endsWith(".sse");
            Ask ask = ask(stream, BodyEdit.NONE);
            return DIALECTS.get(dialect).meter(ask, 200, stream ? "text/event-stream" : "application/json", null);
        }

        @Override
        public String toString() {
            return dialect + "/" + name;
        }
    }

    @BeforeAll
    static void watchForLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    static Ask ask(boolean stream, BodyEdit edit) {
        return new Ask("m", stream, OptionalLong.empty(), 1, 0, 0, 0, Optional.empty(), null, edit);
    }

    static Stream<Fixture> fixtures() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files
                    .filter(file -> file.toString().endsWith(".expected"))
                    .sorted()
                    .map(ReplyFixturesTest::load)
                    .toList()
                    .stream();
        }
    }

    static Stream<Fixture> streams() throws IOException {
        return fixtures().filter(fixture -> fixture.name.endsWith(".sse"));
    }

    static String line(Reading reading) {
        return "%s model=%s tier=%s finished=%s usage=%s"
                .formatted(
                        reading.source(),
                        reading.servedModel(),
                        reading.serviceTier(),
                        reading.streamFinished(),
                        reading.usage());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void readsTheReplyAsOnePiece(Fixture fixture) {
        ReplyMeter meter = fixture.meter();

        byte[] seen = Bytes.pass(meter, fixture.reply);

        assertThat(line(meter.reading())).isEqualTo(fixture.expected);
        assertThat(seen).isEqualTo(fixture.reply);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void readsTheSameWhereverTheReplyIsCut(Fixture fixture) {
        for (int cut = 0; cut <= fixture.reply.length; cut++) {
            ReplyMeter meter = fixture.meter();

            byte[] seen = Bytes.pass(meter, fixture.reply, cut);

            assertThat(line(meter.reading())).as("cut at %s", cut).isEqualTo(fixture.expected);
            assertThat(seen).isEqualTo(fixture.reply);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void readsTheSameByteByByte(Fixture fixture) {
        ReplyMeter meter = fixture.meter();

        byte[] seen = Bytes.pass(meter, fixture.reply, Bytes.everywhere(fixture.reply));

        assertThat(line(meter.reading())).isEqualTo(fixture.expected);
        assertThat(seen).isEqualTo(fixture.reply);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsTheSameWithOtherLineEndsAndAByteOrderMark(Fixture fixture) {
        String text = new String(fixture.reply, UTF_8);
        for (String lineEnd : new String[] {"\r\n", "\r", "\n"}) {
            byte[] reply = ("\ufeff" + text.replace("\n", lineEnd)).getBytes(UTF_8);
            for (int[] cuts : new int[][] {{}, Bytes.everywhere(reply)}) {
                ReplyMeter meter = fixture.meter();

                byte[] seen = Bytes.pass(meter, reply, cuts);

                assertThat(line(meter.reading())).isEqualTo(fixture.expected);
                assertThat(seen).isEqualTo(reply);
            }
        }
    }

    private static Fixture load(Path expected) {
        try {
            String file = expected.toString().replace(".expected", "");
            Path reply = Path.of(file);
            return new Fixture(
                    reply.getParent().getFileName().toString(),
                    reply.getFileName().toString(),
                    Files.readAllBytes(reply),
                    Files.readString(expected).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
