package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The scan against a parser that reads everything. */
class JsonScanTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ESCAPING = JsonMapper.builder(tools.jackson.core.json.JsonFactory.builder()
                    .enable(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final List<String> NAMES = List.of("a", "b", "c", "list", "a.b", "");
    private static final List<String> PIECES =
            List.of("x", "\"", "\\", "\n", "ü", "€", "🌍", "}", "]", ",", ":", "\u0007");

    enum Field {
        TOP_A("a"),
        DEEP("a.b.c"),
        LIST("list.[]"),
        IN_LIST("list.[].a"),
        NESTED_LIST("list.[].[].b");

        private static final FieldTree<Field> TREE = FieldTree.of(values(), field -> List.of(field.path));

        private final String path;

        Field(String path) {
            this.path = path;
        }
    }

    private static final class Heard implements JsonScan.Sink<Field> {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void enter(Field field) {
            lines.add(field + " begins");
        }

        @Override
        public void leave(Field field) {
            lines.add(field + " ends");
        }

        @Override
        public void number(Field field, long value) {
            lines.add(field + "=" + value);
        }

        @Override
        public void string(Field field, CapturedText text) {
            lines.add(field + "=" + text.value() + "/" + text.utf8Bytes());
        }
    }

    @Test
    void hearsTheSameFieldsAsAParserOfTheWholeDocument() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5000; round++) {
            JsonNode document = object(random, 0);
            Heard expected = new Heard();
            hear(document, "", expected);
            for (ObjectMapper writer : List.of(JSON, ESCAPING)) {
                byte[] bytes = writer.writeValueAsBytes(document);
                Heard heard = new Heard();
                JsonScan<Field> scan = new JsonScan<>(Field.TREE, heard);
                int cut = random.nextInt(bytes.length + 1);

                scan.accept(bytes, 0, cut);
                assertThat(scan.complete()).isEqualTo(cut == bytes.length);
                scan.accept(bytes, cut, bytes.length);

                assertThat(heard.lines).as(new String(bytes, UTF_8)).isEqualTo(expected.lines);
                assertThat(scan.complete()).isTrue();
            }
        }
    }

    @Test
    void survivesAnyBytes() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] alphabet = "{}[]\",:\\u0an1-.e \n\u00fc".getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            JsonScan<Field> scan = new JsonScan<>(Field.TREE, new Heard());

            scan.accept(bytes, 0, bytes.length);
            scan.reset();
        }
    }

    @Test
    void countsLongTextWholeAndKeepsItsBeginning() {
        Heard heard = new Heard();
        byte[] document = ("{\"a\":\"" + "€".repeat(10_000) + "\"}").getBytes(UTF_8);

        new JsonScan<>(Field.TREE, heard).accept(document, 0, document.length);

        assertThat(heard.lines).hasSize(1);
        assertThat(heard.lines.getFirst()).startsWith("TOP_A=€€€").endsWith("/30000");
    }

    private static void hear(JsonNode node, String path, Heard heard) {
        Field field = null;
        for (Field candidate : Field.values()) {
            field = candidate.path.equals(path) ? candidate : field;
        }
        if (field != null && node.isContainer()) {
            heard.enter(field);
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                if (!property.getKey().contains(".") && !property.getKey().isEmpty()) {
                    hear(
                            property.getValue(),
                            path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                            heard);
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> hear(element, path + ".[]", heard));
        } else if (field != null && node.isNumber()) {
            heard.lines.add(field + "=" + node.longValue());
        } else if (field != null && node.isString()) {
            byte[] bytes = node.stringValue().getBytes(UTF_8);
            heard.lines.add(field + "=" + node.stringValue() + "/" + bytes.length);
        }
        if (field != null && node.isContainer()) {
            heard.leave(field);
        }
    }

    private static JsonNode value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 5 ? 4 : 7)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().nullNode();
            case 3 -> JSON.getNodeFactory().stringNode(text(random));
            case 4 -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
            default -> object(random, depth + 1);
        };
    }

    private static ObjectNode object(SplittableRandom random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth + 1));
        }
        return object;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
