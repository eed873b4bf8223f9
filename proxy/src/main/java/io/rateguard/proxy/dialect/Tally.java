package io.rateguard.proxy.dialect;

/** Collects what one reply tells of its use, from the fields of its one document or of its events. */
interface Tally<F extends Enum<F>> extends JsonScan.Sink<F> {

    /** An event (or the one document) is over. */
    void documentEnded(boolean complete);

    /** The stream said in words of its own that it is done. */
    void done();

    /** Whether the event that just ended is a usage report and nothing else. */
    boolean onlyReportedUsage();

    Reading reading();
}
