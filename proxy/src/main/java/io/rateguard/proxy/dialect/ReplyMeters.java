package io.rateguard.proxy.dialect;

import io.rateguard.domain.price.JsonPointer;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses how a reply is read, from its head. */
public final class ReplyMeters {

    private ReplyMeters() {}

    /** Reads the number that a price of calls goes by out of a reply of JSON, of any length. */
    public static ReplyMeter value(
            JsonPointer pointer, @Nullable String contentType, @Nullable String contentEncoding) {
        ValueTally tally = new ValueTally();
        return isEventStream(contentType)
                ? new UnreadReply()
                : tee(ReplyText.document(ValueTally.tree(pointer), tally), tally, contentEncoding);
    }

    /** @param tally makes the tally of a stream (true) or of a single document (false) */
    static <F extends Enum<F>> ReplyMeter of(
            FieldTree<F> tree,
            Function<Boolean, Tally<F>> tally,
            Ask ask,
            int status,
            @Nullable String contentType,
            @Nullable String contentEncoding) {
        if (status < 200 || status > 299) {
            return new UnreadReply();
        }
        boolean streamed = isStream(ask, contentType);
        Tally<F> into = tally.apply(streamed);
        return streamed && ask.edit().asksForUsage() && isPlain(contentEncoding)
                ? new HidingMeter<>(tree, into)
                : tee(text(tree, into, streamed), into, contentEncoding);
    }

    private static ReplyMeter tee(ReplyText text, Tally<?> tally, @Nullable String contentEncoding) {
        return switch (encoding(contentEncoding)) {
            case "", "identity" -> new TeeMeter(null, text, tally);
            case "gzip", "x-gzip" -> new TeeMeter(Inflation.gzip(), text, tally);
            case "deflate" -> new TeeMeter(Inflation.deflate(), text, tally);
            default -> new UnreadReply();
        };
    }

    private static boolean isPlain(@Nullable String contentEncoding) {
        return encoding(contentEncoding).isEmpty() || encoding(contentEncoding).equals("identity");
    }

    private static <F extends Enum<F>> ReplyText text(FieldTree<F> tree, Tally<F> tally, boolean streamed) {
        return streamed ? ReplyText.events(tree, tally) : ReplyText.document(tree, tally);
    }

    private static boolean isStream(Ask ask, @Nullable String contentType) {
        return isEventStream(contentType) || ask.stream() && !type(contentType).contains("json");
    }

    private static boolean isEventStream(@Nullable String contentType) {
        return type(contentType).contains("event-stream");
    }

    private static String type(@Nullable String contentType) {
        return contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    }

    private static String encoding(@Nullable String contentEncoding) {
        return contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    }
}
