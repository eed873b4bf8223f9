package io.rateguard.embedded.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the front must know of a statement without parsing it. */
final class Statement {

    private static final int LOOKED_AT = 500;
    private static final Pattern KILL = Pattern.compile(
            "\\s*KILL\\s+QUERY\\s+WHERE\\s+query_id\\s*=\\s*'([A-Za-z0-9_.:-]+)'\\s*(?:SYNC|ASYNC)?\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INSERT = Pattern.compile("^\\s*INSERT\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORMAT = Pattern.compile(
            "\\bFORMAT\\s+([A-Za-z][A-Za-z0-9]*)\\s*(?:SETTINGS\\s[^']*)?;?\\s*$", Pattern.CASE_INSENSITIVE);

    private Statement() {}

    /**
     * Killing and waiting would hang the engine, which also gives every statement the same query id; ours is in the log
     * comment.
     */
    static void rewriteKill(NativeText text) throws ClickHouseError {
        if (text.bytes().byteSize() > LOOKED_AT) {
            return;
        }
        Matcher kill = KILL.matcher(text.head(LOOKED_AT));
        if (kill.matches()) {
            text.replaceBy("KILL QUERY WHERE Settings['log_comment'] = '" + kill.group(1) + "' ASYNC");
        }
    }

    /** The format the result will have: the statement's own, else the one asked for in the request. */
    static String format(NativeText text, String otherwise) {
        if (INSERT.matcher(text.head(LOOKED_AT)).find()) {
            return otherwise;
        }
        Matcher format = FORMAT.matcher(text.tail(LOOKED_AT));
        return format.find() ? format.group(1) : otherwise;
    }
}
