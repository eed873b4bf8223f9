package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks a JSON request once, token by token, without keeping it. What could be read in two ways (a metered field given
 * twice, or in another case) is refused, since the provider might read the other one.
 */
abstract class AskReader {

    static final String STORED = "input stored at the provider";
    static final String PROVIDER_TOOL = "a tool that the provider runs";

    static final String INVALID_JSON = "invalid_json";
    static final String INVALID_VALUE = "invalid_value";

    /** How long a cache is asked to live, and the models, by any reseller's name, that take it for that. */
    private static final String HOUR = "1h";

    private static final String CACHES_BY_THE_HOUR = "claude";

    private static final int DEEPEST = 200;
    private static final int LONGEST_MODEL = 256;
    private static final int LONGEST_SHOWN = 40;
    private static final String EXPECTED = " (expected: one JSON object in UTF-8)";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser in;
    private final Address address;
    private final Quirks quirks;
    private final Set<String> meteredFields;
    private final Set<String> structuredFields;
    private final Set<String> seen = new HashSet<>();
    private final TextWeight weight = new TextWeight();

    private int objectOffset;
    private @Nullable String model;
    private boolean stream;
    private @Nullable String unbounded;
    private boolean hourCache;
    private @Nullable String serviceTier;
    private @Nullable String endUser;

    /**
     * @param meteredFields top-level fields that may be given once only
     * @param structuredFields fields below which names are the caller's own, and text is written out anew for the model
     */
    AskReader(
            ByteBuf body,
            @Nullable String contentType,
            Address address,
            Quirks quirks,
            Set<String> meteredFields,
            Set<String> structuredFields) {
        quirks.check(address);
        checkEncoding(body, contentType);
        this.address = address;
        this.quirks = quirks;
        this.meteredFields = meteredFields;
        this.structuredFields = structuredFields;
        this.in = JSON.createParser(ObjectReadContext.empty(), (InputStream) new ByteBufInputStream(body.duplicate()));
    }

    final Ask read() {
        try (in) {
            in.nextToken();
            objectOffset = tokenOffset();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                checkMetered(name);
                in.nextToken();
                Optional<String> reason = quirks.unbounded(name);
                if (reason.isPresent()) {
                    refers(name, reason.get());
                } else {
                    field(name);
                }
            }
            if (in.nextToken() != null) {
                throw new InvalidRequest(INVALID_JSON, "body: more follows the first JSON value" + EXPECTED);
            }
        } catch (StreamConstraintsException beyond) {
            throw new InvalidRequest(
                    INVALID_JSON,
                    "body: nested too deep, or with too long a name or number (expected: at most " + DEEPEST
                            + " levels)");
        } catch (JacksonException malformed) {
            throw new InvalidRequest(INVALID_JSON, "body: malformed JSON" + place(malformed) + EXPECTED);
        }
        String asked = address.model() == null ? model : address.model();
        if (asked == null) {
            throw new InvalidRequest("missing_model", "model: missing (expected: the name of a model)");
        }
        checkLength(asked);
        if (quirks.runsTools(asked)) {
            unbounded("model: " + asked + " searches the web by itself");
        }
        return new Ask(
                asked,
                stream(),
                outputLimit(),
                answers(),
                weight.textBytes(),
                weight.tokensAtMost(),
                weight.tokensEstimate(),
                Optional.ofNullable(unbounded),
                hourCache && asked.contains(CACHES_BY_THE_HOUR),
                serviceTier,
                endUser,
                edit());
    }

    /** Reads the top-level field at whose value the parser stands. */
    abstract void field(String name);

    /**
     * Looks at an object within the request, outside of structured fields.
     *
     * @param key the name it, or the array around it, stands under
     * @param type its {@code type}, when it has one
     */
    abstract void object(String key, @Nullable String type);

    /** Looks at a name within an object, at whose value the parser stands, outside of structured fields. */
    void property(String key, String name) {}

    abstract OptionalLong outputLimit();

    /** Answers that may be billed; one unless a reader says so. */
    int answers() {
        return 1;
    }

    /** What to change in the body; nothing unless a reader says so. */
    BodyEdit edit() {
        return BodyEdit.NONE;
    }

    final JsonParser in() {
        return in;
    }

    final TextWeight weight() {
        return weight;
    }

    boolean stream() {
        return stream;
    }

    /** Where the body's object opens. */
    final int objectOffset() {
        return objectOffset;
    }

    final int tokenOffset() {
        return Math.toIntExact(in.currentTokenLocation().getByteOffset());
    }

    final void unbounded(String reason) {
        if (unbounded == null) {
            unbounded = reason;
        }
    }

    final void readModel() {
        if (in.currentToken() != JsonToken.VALUE_STRING || in.getString().isBlank()) {
            throw invalid("model", "the name of a model");
        }
        model = in.getString();
    }

    final void readStream() {
        stream = readBoolean("stream");
    }

    /** Null counts as false. */
    final boolean readBoolean(String name) {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw invalid(name, "true or false");
        };
    }

    /** Null counts as absent. */
    final OptionalLong readCount(String name, int least) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return OptionalLong.empty();
        }
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
                || in.getNumberType() != JsonParser.NumberType.INT
                || in.getIntValue() < least) {
            throw invalid(name, "a whole number from " + least + " to " + Integer.MAX_VALUE);
        }
        return OptionalLong.of(in.getIntValue());
    }

    /** Reads a limit that providers take for none where it is 0. */
    final OptionalLong readLimit(String name) {
        OptionalLong limit = readCount(name, 0);
        return limit.isPresent() && limit.getAsLong() == 0 ? OptionalLong.empty() : limit;
    }

    /** Reads a list of strings; null counts as absent. */
    final void readStrings(String name, Consumer<@Nullable String> each) {
        if (isNull()) {
            return;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(name, "an array of strings");
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            each.accept(readString(name));
        }
    }

    /** Null counts as absent. */
    final @Nullable String readString(String name) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid(name, "a string");
        }
        return in.getString();
    }

    final void readServiceTier(String name) {
        String value = readString(name);
        if (value != null && serviceTier != null) {
            throw new InvalidRequest("duplicate_field", name + ": given twice (expected: once)");
        }
        serviceTier = value == null ? serviceTier : value;
    }

    final void readEndUser(String name) {
        String value = readString(name);
        if (endUser == null) {
            endUser = value;
        }
    }

    /** Walks a value that makes the cost unbounded unless it is null. */
    final void refers(String name, String reason) {
        if (!isNull()) {
            unbounded(name + ": " + reason);
        }
        walkStructured(name);
    }

    /** Walks a value that the provider is known to turn into tokens, or that may well be. */
    final void walk(String key) {
        walk(key, structuredFields.contains(key));
    }

    final void walkStructured(String key) {
        walk(key, true);
    }

    final boolean isNull() {
        return in.currentToken() == JsonToken.VALUE_NULL;
    }

    final InvalidRequest invalid(String name, String expected) {
        return new InvalidRequest(INVALID_VALUE, name + ": " + shown() + " (expected: " + expected + ")");
    }

    private void walk(String key, boolean structured) {
        weight.add(in, structured, !structured && isEncodedMedia(key));
        switch (in.currentToken()) {
            case START_OBJECT -> walkObject(key, structured);
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    walk(key, structured);
                }
            }
            default -> {}
        }
    }

    private void walkObject(String key, boolean structured) {
        String type = null;
        boolean typed = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            boolean below = structured || structuredFields.contains(name) || namesAreStructured(key);
            weight.add(in, below, false);
            in.nextToken();
            if (!structured) {
                property(key, name);
            }
            hourCache |= key.equals("cache_control") && name.equals("ttl") && HOUR.equals(text());
            if (!structured && name.equals("type")) {
                if (typed) {
                    throw new InvalidRequest("duplicate_field", key + ".type: given twice (expected: once)");
                }
                typed = true;
                type = text();
            }
            walk(name, below);
        }
        if (!structured) {
            object(key, type);
        }
    }

    private @Nullable String text() {
        return in.currentToken() == JsonToken.VALUE_STRING ? in.getString() : null;
    }

    /** Whether what stands in objects under this key is written out anew for the model, though their type matters. */
    boolean namesAreStructured(String key) {
        return key.equals("tools");
    }

    private static boolean isEncodedMedia(String key) {
        return key.equals("data") || key.equals("file_data") || key.equals("url");
    }

    private void checkMetered(String name) {
        if (meteredFields.contains(name)) {
            if (!seen.add(name)) {
                throw new InvalidRequest("duplicate_field", name + ": given twice (expected: once)");
            }
            return;
        }
        String lower = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        if (meteredFields.contains(lower)) {
            throw new InvalidRequest("unknown_field", shortened(name) + ": not a field (expected: " + lower + ")");
        }
    }

    private static void checkEncoding(ByteBuf body, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int charset = type.indexOf("charset=");
        if (charset >= 0 && !isUtf8(type.substring(charset + "charset=".length()))) {
            throw new InvalidRequest(
                    INVALID_JSON,
                    "content-type: " + shortened(String.valueOf(contentType)) + " (expected: charset utf-8)");
        }
        int at = body.readerIndex();
        while (at < body.writerIndex() && isSpace(body.getByte(at))) {
            at++;
        }
        if (at == body.writerIndex()) {
            throw new InvalidRequest(INVALID_JSON, "body: empty" + EXPECTED);
        }
        boolean object = body.getByte(at) == '{' && (at + 1 == body.writerIndex() || body.getByte(at + 1) != 0);
        if (!object) {
            throw new InvalidRequest(
                    INVALID_JSON,
                    "body: starts with byte 0x" + HexFormat.of().toHexDigits(body.getByte(body.readerIndex()))
                            + EXPECTED);
        }
    }

    private static void checkLength(String model) {
        if (model.length() > LONGEST_MODEL) {
            throw new InvalidRequest(
                    INVALID_VALUE,
                    "model: " + model.length() + " characters (expected: at most " + LONGEST_MODEL + ")");
        }
    }

    private static boolean isUtf8(String charset) {
        String name = charset.startsWith("\"") ? charset.substring(1) : charset;
        return name.startsWith("utf-8") || name.startsWith("utf8") || name.startsWith("us-ascii");
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static String place(JacksonException malformed) {
        TokenStreamLocation location = malformed.getLocation();
        return location == null ? "" : " at byte " + location.getByteOffset();
    }

    private String shown() {
        return switch (in.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shortened(in.getString()) + "\"";
            default -> shortened(in.getString());
        };
    }

    static String shortened(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
