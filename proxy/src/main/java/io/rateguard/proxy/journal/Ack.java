package io.rateguard.proxy.journal;

/** When an event counts as recorded, so that the caller may be told that its call is over. */
public enum Ack {
    /** Once it stands in the journal: it outlives the process, and the machine once Kafka has it. */
    LOCAL,
    /** Once Kafka has it: it outlives the machine, and every answer ends that much later. */
    KAFKA
}
