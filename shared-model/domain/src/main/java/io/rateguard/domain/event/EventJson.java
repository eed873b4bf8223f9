package io.rateguard.domain.event;

import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as they travel through journal and Kafka: one JSON object, {@code v} first, then {@code event} for a request,
 * {@code budgetCrossed} or {@code adjustment}. Unknown fields are passed over, so that a newer proxy and an older reader can run side by side;
 * another version is an error.
 */
public final class EventJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(values())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter CROSSING_WRITER = JSON.writerFor(VersionedCrossing.class);
    private static final ObjectWriter ADJUSTMENT_WRITER = JSON.writerFor(VersionedAdjustment.class);
    private static final ObjectReader REQUEST_READER = JSON.readerFor(RequestEvent.class);
    private static final ObjectReader CROSSING_READER = JSON.readerFor(BudgetCrossed.class);
    private static final ObjectReader ADJUSTMENT_READER = JSON.readerFor(Adjustment.class);

    private static final int LIKELY_BYTES = 1_536;
    private static final String REQUEST = "event";
    private static final String CROSSING = "budgetCrossed";
    private static final String ADJUSTMENT = "adjustment";

    private EventJson() {}

    public static byte[] encode(Event event) {
        return switch (event) {
            case RequestEvent request -> encode(request);
            case BudgetCrossed crossed ->
                CROSSING_WRITER.writeValueAsBytes(new VersionedCrossing(RequestEvent.VERSION, crossed));
            case Adjustment adjustment ->
                ADJUSTMENT_WRITER.writeValueAsBytes(new VersionedAdjustment(RequestEvent.VERSION, adjustment));
        };
    }

    private static byte[] encode(RequestEvent request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(LIKELY_BYTES);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberProperty("v", RequestEvent.VERSION);
            out.writeName(REQUEST);
            RequestEventWriter.write(out, request);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when these bytes are no event of version 1, saying what is wrong */
    public static Event decode(byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            if (!(tree instanceof ObjectNode object)) {
                throw new IllegalArgumentException("event: not a JSON object");
            }
            JsonNode version = object.path("v");
            if (!version.isInt() || version.intValue() != RequestEvent.VERSION) {
                throw new IllegalArgumentException(
                        "event version: " + version + " (expected: " + RequestEvent.VERSION + ")");
            }
            if (object.path(CROSSING).isObject()) {
                return CROSSING_READER.readValue(object.path(CROSSING));
            }
            if (object.path(ADJUSTMENT).isObject()) {
                return ADJUSTMENT_READER.readValue(object.path(ADJUSTMENT));
            }
            if (!object.path(REQUEST).isObject()) {
                throw new IllegalArgumentException("event: " + object.path(REQUEST) + " (expected: an object)");
            }
            return REQUEST_READER.readValue(object.path(REQUEST));
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("event: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("rateguard-values");
        text(module, WorkspaceId.class, WorkspaceId::toString, WorkspaceId::of);
        text(module, ApiId.class, ApiId::toString, ApiId::of);
        text(module, ApiKeyId.class, ApiKeyId::toString, ApiKeyId::of);
        text(module, BudgetId.class, BudgetId::toString, BudgetId::of);
        text(module, RequestId.class, RequestId::toString, RequestId::new);
        module.addDeserializer(Usage.class, new UsageReader());
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return read.apply(in.getString());
            }
        });
    }

    private record VersionedCrossing(int v, BudgetCrossed budgetCrossed) {}

    private record VersionedAdjustment(int v, Adjustment adjustment) {}

    private static final class UsageReader extends ValueDeserializer<Usage> {
        @Override
        public Usage deserialize(JsonParser in, DeserializationContext context) {
            if (!in.isExpectedStartObjectToken()) {
                return (Usage) context.handleUnexpectedToken(Usage.class, in);
            }
            Map<UsageClass, Long> counts = new EnumMap<>(UsageClass.class);
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                UsageClass usageClass = UsageClass.ofWireName(in.currentName());
                in.nextToken();
                counts.put(usageClass, in.getLongValue());
            }
            return Usage.of(counts);
        }
    }
}
