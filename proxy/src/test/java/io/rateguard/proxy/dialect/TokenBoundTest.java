package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** No tokenizer makes more tokens than there are bytes in what it is given. */
class TokenBoundTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper VERBOSE = JsonMapper.builder(tools.jackson.core.json.JsonFactory.builder()
                    .enable(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();
    private static final List<String> PIECES =
            List.of("a", " ", "\n", "\"", "\\", "ü", "€", "世", "🌍", "\u0001", "word ", "{\"x\":1}", "\ud83c", "0");

    @Test
    void neverBoundsBelowTheBytesThatTheModelSees() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 2000; round++) {
            ObjectNode request = JSON.createObjectNode();
            long seen = 0;
            ArrayNode messages = request.putArray("messages");
            for (int i = random.nextInt(4); i >= 0; i--) {
                String text = text(random);
                String part = text(random);
                ObjectNode message = messages.addObject();
                message.put("role", "user");
                if (random.nextBoolean()) {
                    message.put("content", text);
                    seen += bytes(text);
                } else {
                    message.putArray("content").addObject().put("type", "text").put("text", part);
                    seen += bytes(part);
                }
            }
            request.put("model", "m");
            if (random.nextBoolean()) {
                ArrayNode tools = request.putArray("tools");
                for (int i = random.nextInt(3); i >= 0; i--) {
                    ObjectNode function =
                            tools.addObject().put("type", "function").putObject("function");
                    function.put("name", "f").put("description", text(random));
                    ObjectNode properties = function.putObject("parameters").putObject("properties");
                    properties.putObject(text(random)).put("type", "integer").put("minimum", random.nextInt());
                }
                seen += bytes(VERBOSE.writeValueAsString(tools));
            }
            assertBounded(ReplyFixturesTest.CHAT, request, seen);
            assertBounded(new AnthropicMessages(Quirks.OPENAI), request, seen);
            assertBounded(new OpenAiDialect(OpenAiDialect.Kind.RESPONSES, Quirks.OPENAI), asResponse(request), seen);
            assertBounded(new Gemini(Gemini.Kind.GENERATE), asGemini(request), seen);
        }
    }

    private static void assertBounded(Dialect dialect, ObjectNode request, long seen) {
        String body = JSON.writeValueAsString(request);
        ByteBuf buffer = Bytes.heap(body);
        Ask ask = dialect.ask(buffer, null, new Address("m", List.of()));
        buffer.release();

        assertThat(ask.inputTokensAtMost()).as(body).isGreaterThanOrEqualTo(seen);
        assertThat(ask.inputTokensAtMost()).isGreaterThanOrEqualTo(ask.inputTokensEstimate());
    }

    private static ObjectNode asResponse(ObjectNode chat) {
        ObjectNode response = chat.deepCopy();
        response.set("input", response.remove("messages"));
        return response;
    }

    private static ObjectNode asGemini(ObjectNode chat) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode contents = request.putArray("contents");
        for (JsonNode message : chat.path("messages")) {
            JsonNode content = message.path("content");
            ArrayNode parts = contents.addObject().put("role", "user").putArray("parts");
            parts.addObject().set("text", content.isArray() ? content.path(0).path("text") : content);
        }
        if (chat.has("tools")) {
            request.putArray("tools").addObject().set("functionDeclarations", chat.path("tools"));
        }
        return request;
    }

    private static long bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
