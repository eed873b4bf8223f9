package io.rateguard.proxy.dialect;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses how a reply is read, from its head. */
final class ReplyMeters {

    private ReplyMeters() {}

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
        return switch (encoding(contentEncoding)) {
            case "", "identity" ->
                streamed && ask.edit().asksForUsage()
                        ? new HidingMeter<>(tree, into)
                        : new TeeMeter(null, text(tree, into, streamed), into);
            case "gzip", "x-gzip" -> new TeeMeter(Inflation.gzip(), text(tree, into, streamed), into);
            case "deflate" -> new TeeMeter(Inflation.deflate(), text(tree, into, streamed), into);
            default -> new UnreadReply();
        };
    }

    private static <F extends Enum<F>> ReplyText text(FieldTree<F> tree, Tally<F> tally, boolean streamed) {
        return streamed ? ReplyText.events(tree, tally) : ReplyText.document(tree, tally);
    }

    private static boolean isStream(Ask ask, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.contains("event-stream") || ask.stream() && !type.contains("json");
    }

    private static String encoding(@Nullable String contentEncoding) {
        return contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
    }
}
