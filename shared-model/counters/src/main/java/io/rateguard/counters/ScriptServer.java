package io.rateguard.counters;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Something that runs scripts: Redis, once for each call, never again by itself. */
interface ScriptServer {

    CompletionStage<List<Object>> run(ScriptCall call);

    /** Gives every server the library; fails where one has it already, the others have it then too. */
    CompletionStage<Void> load();
}
