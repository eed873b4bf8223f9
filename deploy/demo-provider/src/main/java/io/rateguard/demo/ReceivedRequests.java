package io.rateguard.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The latest requests that arrived, oldest first; beyond its bound the oldest are forgotten. A request is here before its answer leaves. */
public final class ReceivedRequests {

    private final int bound;
    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();

    ReceivedRequests(int bound) {
        this.bound = bound;
    }

    public synchronized List<ReceivedRequest> all() {
        return List.copyOf(requests);
    }

    public synchronized int count() {
        return requests.size();
    }

    /** The latest one; fails if nothing has arrived. */
    public synchronized ReceivedRequest last() {
        if (requests.isEmpty()) {
            throw new NoSuchElementException("no request has arrived");
        }
        return requests.getLast();
    }

    public synchronized void clear() {
        requests.clear();
    }

    boolean isOn() {
        return bound > 0;
    }

    /** {@code GET} lists them, {@code DELETE} forgets them. */
    Reply answer(String method) {
        if (method.equals("DELETE")) {
            clear();
        }
        ObjectNode list = Json.newObject();
        ArrayNode items = list.putArray("items");
        all().forEach(request -> items.add(request.json()));
        return Reply.json(Json.bytes(list));
    }

    synchronized void add(ReceivedRequest request) {
        if (requests.size() == bound) {
            requests.removeFirst();
        }
        requests.add(request);
    }
}
