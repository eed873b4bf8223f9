package io.rateguard.demo;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A small payment-like API below {@code /rest/}: customers, charges, an echo, and bytes in any amount. */
final class RestApi {

    static final String ROOT = "/rest/";

    private static final int DEFAULT_LIMIT = 10;
    private static final int MOST_LISTED = 100;
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie");

    private final Shelf customers = new Shelf("cus_demo_");
    private final Shelf charges = new Shelf("ch_demo_");

    RestApi() {
        customers.add("customer", Json.newObject().put("name", "Ada Möller").put("email", "ada@example.com"));
        customers.add("customer", Json.newObject().put("name", "Grace Ito").put("email", "grace@example.com"));
    }

    Reply answer(Call call) {
        String[] path = call.path().substring(ROOT.length()).split("/", -1);
        if (path.length > 2) {
            throw Rejected.unknownPath(call.method(), call.path());
        }
        return switch (path[0]) {
            case "customers" -> path.length == 1 ? customers(call) : customer(call, path[1]);
            case "charges" -> path.length == 1 ? charges(call) : charge(call, path[1]);
            case "bytes" -> path.length == 2 ? ManyBytes.reply(path[1]) : unknown(call);
            case "echo" -> path.length == 1 ? echo(call) : unknown(call);
            default -> unknown(call);
        };
    }

    private Reply customers(Call call) {
        return switch (call.method()) {
            case "GET" -> list(customers, call);
            case "POST" -> Reply.json(201, Json.bytes(customers.add("customer", Json.object(call.body()))));
            default -> wrongMethod(call, "GET or POST");
        };
    }

    private Reply customer(Call call, String id) {
        return switch (call.method()) {
            case "GET" -> customers.find(id).map(RestApi::found).orElseThrow(() -> unknownId(id));
            case "PUT" ->
                customers
                        .change(id, Json.object(call.body()))
                        .map(RestApi::found)
                        .orElseThrow(() -> unknownId(id));
            case "DELETE" -> {
                if (!customers.remove(id)) {
                    throw unknownId(id);
                }
                yield found(
                        Json.newObject().put("id", id).put("object", "customer").put("deleted", true));
            }
            default -> wrongMethod(call, "GET, PUT or DELETE");
        };
    }

    private Reply charges(Call call) {
        return switch (call.method()) {
            case "GET" -> list(charges, call);
            case "POST" -> Reply.json(201, Json.bytes(charges.add("charge", newCharge(Json.object(call.body())))));
            default -> wrongMethod(call, "GET or POST");
        };
    }

    private static ObjectNode newCharge(ObjectNode asked) {
        long amount = Json.number(asked, "amount", 1, 0);
        if (amount == 0) {
            throw new Rejected(400, "amount: missing (expected: a whole number of cents, 1 or more)", "amount");
        }
        String currency = Json.text(asked, "currency", "usd").toLowerCase(Locale.ROOT);
        return asked.put("amount", amount)
                .put("currency", currency)
                .put("paid", true)
                .put("status", "succeeded");
    }

    private Reply charge(Call call, String id) {
        return call.method().equals("GET")
                ? charges.find(id).map(RestApi::found).orElseThrow(() -> unknownId(id))
                : wrongMethod(call, "GET");
    }

    private static Reply list(Shelf shelf, Call call) {
        String asked = new QueryStringDecoder(call.query(), StandardCharsets.UTF_8, false)
                .parameters()
                .getOrDefault("limit", List.of(Integer.toString(DEFAULT_LIMIT)))
                .getFirst();
        int limit = limit(asked);
        ObjectNode list = Json.newObject().put("object", "list");
        ArrayNode data = list.putArray("data");
        shelf.newest(limit).forEach(data::add);
        return found(list.put("has_more", shelf.size() > limit));
    }

    private static int limit(String asked) {
        try {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= MOST_LISTED) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // said below, like any other wrong limit
        }
        throw new Rejected(
                400, "limit: " + asked + " (expected: a whole number from 1 to " + MOST_LISTED + ")", "limit");
    }

    private static Reply echo(Call call) {
        ObjectNode echo = Json.newObject()
                .put("method", call.method())
                .put("path", call.path())
                .put("query", call.query());
        ObjectNode headers = echo.putObject("headers");
        call.headerValues().forEach((name, values) -> {
            if (!CREDENTIALS.contains(name)) {
                headers.put(name, String.join(", ", values));
            }
        });
        return found(echo.put("body", new String(call.body(), StandardCharsets.UTF_8)));
    }

    private static Reply found(ObjectNode object) {
        return Reply.json(Json.bytes(object));
    }

    private static Reply wrongMethod(Call call, String expected) {
        throw new Rejected(405, call.method() + " " + call.path() + " (expected: " + expected + ")");
    }

    private static Reply unknown(Call call) {
        throw Rejected.unknownPath(call.method(), call.path());
    }

    private static Rejected unknownId(String id) {
        return new Rejected(404, "No such object: " + id, "id");
    }
}
