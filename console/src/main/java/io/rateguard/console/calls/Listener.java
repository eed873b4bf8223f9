package io.rateguard.console.calls;

/** Told of a reply as it comes, on a thread of its own. */
public interface Listener {

    void head(Head head);

    /** The next part of the body, of any length. */
    void text(String part);

    /** Told once, last. */
    void ended(Ended ended);
}
