package io.rateguard.proxy.stage;

/** Ends the path of a request that is not forwarded: an ordinary result, without a stack trace. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Stage reached;
    private final transient Refusal refusal;

    public Refused(Stage reached, Refusal refusal) {
        super(refusal.code(), null, false, false);
        this.reached = reached;
        this.refusal = refusal;
    }

    public Stage reached() {
        return reached;
    }

    public Refusal refusal() {
        return refusal;
    }
}
