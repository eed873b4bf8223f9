package io.rateguard.counters;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Something that runs scripts: Redis, once for each call, never again by itself. */
interface ScriptServer {

    /** Runs a script that the server should know already. */
    CompletionStage<List<Object>> runKnown(ScriptCall call);

    /** Runs a script by its text, so that the server knows it from now on. */
    CompletionStage<List<Object>> runText(ScriptCall call);
}
