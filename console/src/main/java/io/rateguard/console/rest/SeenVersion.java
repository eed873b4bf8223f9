package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a resource that a change was thought for: what somebody else has changed meanwhile is not overwritten.
 *
 * @param tags of which the present one has to be one; {@code *} stands for every one
 */
@Schema(type = "string", description = "the ETag that was read, such as \"3\"; * for whichever there is")
public record SeenVersion(List<String> tags) {

    /** The request header it comes in. */
    public static final String HEADER = "If-Match";

    /** What the header says where it is missing. */
    public static final String EVERY = "*";

    /** For changes that say nothing of what else there is. */
    public static final SeenVersion ANY = new SeenVersion(List.of(EVERY));

    private static final Pattern COMMA = Pattern.compile(",");

    public SeenVersion {
        tags = List.copyOf(tags);
    }

    public static SeenVersion of(int version) {
        return new SeenVersion(List.of(tag(version)));
    }

    /** As the header has it: ETags with commas between them. */
    public static SeenVersion valueOf(String header) {
        return new SeenVersion(COMMA.splitAsStream(header).map(String::strip).toList());
    }

    /** Refuses a change that was thought for another version than the present one. */
    public void require(@Nullable Integer present) {
        String now = tag(present == null ? 0 : present);
        if (!tags.contains(EVERY) && !tags.contains(now)) {
            throw Problem.changedMeanwhile("version: " + String.join(", ", tags) + " (expected: " + now
                    + "; somebody has changed it meanwhile, so read it again)");
        }
    }

    static String tag(int version) {
        return "\"" + version + "\"";
    }
}
