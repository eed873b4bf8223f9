package io.rateguard.domain.event;

/** {@link EventJson} for those who deal with requests only. */
public final class RequestEventJson {

    private RequestEventJson() {}

    public static byte[] encode(RequestEvent event) {
        return EventJson.encode(event);
    }

    /** @throws IllegalArgumentException when these bytes are no request of version 1, saying what is wrong */
    public static RequestEvent decode(byte[] bytes) {
        return switch (EventJson.decode(bytes)) {
            case RequestEvent request -> request;
            case BudgetCrossed crossed ->
                throw new IllegalArgumentException(
                        "event: the crossing of budget " + crossed.budget() + " (expected: a request)");
            case Adjustment adjustment ->
                throw new IllegalArgumentException(
                        "event: an adjustment of request " + adjustment.request() + " (expected: a request)");
        };
    }
}
