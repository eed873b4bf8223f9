package io.rateguard.counters;

import java.util.Locale;

/** What Redis is asked to do: a function of the {@link ScriptLibrary}, described at the head of its Lua file. */
enum Script {
    ADMIT,
    SETTLE,
    RELEASE,
    RENEW,
    GROW,
    LEVELS,
    HOLDS,
    HOLDERS,
    CHARGE,
    SEED,
    INITIALISE,
    RAISE,
    ADOPT,
    REPORT,
    REHOLD,
    REPORTED,
    ADVANCE,
    REBUILT,
    HEARTBEAT,
    FLEET,
    COLD,
    PROBE;

    private final String fileName = name().toLowerCase(Locale.ROOT);

    /** As in the name of its file. */
    String fileName() {
        return fileName;
    }
}
