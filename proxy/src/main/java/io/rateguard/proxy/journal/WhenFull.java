package io.rateguard.proxy.journal;

/** What happens when Kafka has been away for so long that the journals fill the space they may occupy. */
public enum WhenFull {
    /** New requests are refused until there is room again: nothing is lost. */
    REFUSE,
    /** The oldest events are given up and counted, so that requests go on; what they charged to budgets stays charged. */
    DROP_OLDEST
}
