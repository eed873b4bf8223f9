package io.rateguard.demo;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A little of Stripe: {@code /v1/customers} with form-encoded fields, {@code /v1/customers/{id}} and {@code /v1/balance}. */
final class StripeApi {

    static final String CUSTOMERS = "/v1/customers";
    static final String BALANCE = "/v1/balance";

    private final Shelf customers = new Shelf("cus_");

    static boolean answers(String path) {
        return path.startsWith(CUSTOMERS) || path.equals(BALANCE);
    }

    Reply answer(Call call) {
        if (call.path().equals(BALANCE)) {
            return Reply.json(
                    Json.bytes("{\"object\":\"balance\",\"available\":[],\"pending\":[],\"livemode\":false}"));
        }
        if (call.path().equals(CUSTOMERS) && call.method().equals("POST")) {
            return Reply.json(Json.bytes(customers.add("customer", fields(call.body()))));
        }
        String id = call.path().substring(CUSTOMERS.length());
        return customers
                .find(id.startsWith("/") ? id.substring(1) : "")
                .map(customer -> Reply.json(Json.bytes(customer)))
                .orElseThrow(() -> new Rejected(404, "No such customer", "id"));
    }

    private static ObjectNode fields(byte[] form) {
        ObjectNode fields = Json.newObject();
        new QueryStringDecoder(new String(form, StandardCharsets.UTF_8), false)
                .parameters()
                .forEach((String name, List<String> values) -> fields.put(name, values.getFirst()));
        return fields;
    }
}
