package io.rateguard.proxy.journal;

/** What stands in a segment is no record: torn by the death of the machine, or changed since. */
final class DamagedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(message);
    }
}
