package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.usage.Usage;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.stage.Estimate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded reply reads the same however it is cut, and reaches the client as it is. */
class ReplyFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/dialect");
    private static final ShippedCatalogue CATALOGUE = ShippedCatalogue.load();
    private static final Pattern MODEL = Pattern.compile("model=(\\S+)");
    private static final Instant PRICED_AT = Instant.parse("2026-11-27T00:00:00Z");

    static final Dialect CHAT = new OpenAiDialect(OpenAiDialect.Kind.CHAT, Quirks.OPENAI);

    private static final Map<String, Dialect> DIALECTS = Map.ofEntries(
            entry("openai-chat", CHAT),
            entry("openai-completions", dialect(Profile.OPENAI, "/v1/completions")),
            entry("openai-responses", dialect(Profile.OPENAI, "/v1/responses")),
            entry("openai-embeddings", dialect(Profile.OPENAI, "/v1/embeddings")),
            entry("anthropic-messages", new AnthropicMessages(Quirks.OPENAI)),
            entry("azure-openai", dialect(Profile.AZURE_OPENAI, "/openai/deployments/mine/chat/completions")),
            entry("gemini", dialect(Profile.GEMINI, "/v1beta/models/gemini-2.5-flash:streamGenerateContent")),
            entry("gemini-openai", dialect(Profile.GEMINI, "/v1beta/openai/chat/completions")),
            entry("groq", dialect(Profile.GROQ, "/v1/chat/completions")),
            entry("deepseek", dialect(Profile.DEEPSEEK, "/chat/completions")),
            entry("xai", dialect(Profile.XAI, "/v1/chat/completions")),
            entry("xai-responses", dialect(Profile.XAI, "/v1/responses")),
            entry("mistral", dialect(Profile.MISTRAL, "/v1/chat/completions")),
            entry("openrouter", dialect(Profile.OPENROUTER, "/v1/chat/completions")),
            entry("together", dialect(Profile.TOGETHER, "/v1/chat/completions")),
            entry("fireworks", dialect(Profile.FIREWORKS, "/v1/chat/completions")),
            entry("cerebras", dialect(Profile.CEREBRAS, "/v1/chat/completions")),
            entry("perplexity", dialect(Profile.PERPLEXITY, "/chat/completions")),
            entry("openai-compatible", dialect(Profile.OPENAI_COMPATIBLE, "/v1/chat/completions")));

    /** @param account the lines below the expected reading: sources, notes and the arithmetic */
    record Fixture(String dialect, String name, byte[] reply, String expected, List<String> account) {

        ReplyMeter meter() {
            boolean stream = name.endsWith(".sse");
            Ask ask = ask(stream, name.contains("hour-cache"), BodyEdit.NONE);
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
        return ask(stream, false, edit);
    }

    private static Ask ask(boolean stream, boolean hourCache, BodyEdit edit) {
        return new Ask("m", stream, OptionalLong.empty(), 1, 0, 0, 0, Optional.empty(), hourCache, null, null, edit);
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
    void agreesWithTheArithmeticThatTheFixtureSpellsOut(Fixture fixture) {
        Account account = Account.of(fixture.account);
        ReplyMeter meter = fixture.meter();

        Bytes.pass(meter, fixture.reply);

        Usage usage = meter.reading().usage();
        Map<String, Long> counts = new LinkedHashMap<>();
        usage.counts().forEach((usageClass, count) -> counts.put(usageClass.wireName(), count));
        assertThat(counts).isEqualTo(account.counts());
        assertThat(meter.reading().reportedCostNanos()).isEqualTo(account.reported());
        assertThat(account.cost()).isEqualTo(account.stated());
        // What is charged by the catalogue, in the tier that was served, is what the fixture says.
        price(fixture)
                .ifPresent(price ->
                        assertThat(bill(price, meter.reading()).cost()).isEqualTo(Money.ofNanos(account.stated())));
    }

    @Test
    void theCorpusIsLargeAndAThirdOfItHasADocumentForASource() throws IOException {
        List<Fixture> all = fixtures().toList();

        assertThat(all).hasSizeGreaterThanOrEqualTo(150);
        assertThat(all.stream()
                        .filter(fixture -> fixture.account.stream()
                                .anyMatch(line -> line.matches("from: https://\\S+ \\(\\d{4}-\\d\\d-\\d\\d\\)"))))
                .hasSizeGreaterThanOrEqualTo(all.size() / 3);
        List<Fixture> priced =
                all.stream().filter(fixture -> price(fixture).isPresent()).toList();
        assertThat(priced).hasSizeGreaterThanOrEqualTo(120);
        assertThat(priced).anyMatch(fixture -> fixture.expected.contains("tier=priority"));
        assertThat(priced).anyMatch(fixture -> fixture.expected.contains("tier=flex"));
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

    private static Dialect dialect(Profile profile, String path) {
        return Routes.find(profile, UnknownPaths.BLOCK, "POST", path).dialect();
    }

    /** Of a request of which nothing was estimated or held. */
    private static Bill bill(ModelPrice price, Reading reading) {
        return Bill.of(new Estimate(true, price, false, Usage.NONE, Money.ZERO, Money.ZERO, false), reading);
    }

    /** What the catalogue has of the model that the reply names. */
    private static Optional<ModelPrice> price(Fixture fixture) {
        Matcher model = MODEL.matcher(fixture.expected);
        String provider = Account.of(fixture.account).provider();
        return model.find() ? CATALOGUE.find(List.of(provider), model.group(1), PRICED_AT) : Optional.empty();
    }

    private static Fixture load(Path expected) {
        try {
            String file = expected.toString().replace(".expected", "");
            Path reply = Path.of(file);
            List<String> lines = Files.readAllLines(expected);
            return new Fixture(
                    reply.getParent().getFileName().toString(),
                    reply.getFileName().toString(),
                    Files.readAllBytes(reply),
                    lines.getFirst(),
                    lines.subList(1, lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
