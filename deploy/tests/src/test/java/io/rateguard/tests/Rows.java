package io.rateguard.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger of a running product, asked past all of its own questions. */
final class Rows {

    private final RunningProduct product;
    private final URI server;

    Rows(RunningProduct product) {
        this.product = product;
        this.server = URI.create(product.text("clickhouseUrl"));
    }

    void execute(String sql) {
        send(sql);
    }

    /** The one row of an answer, its numbers as numbers. */
    JsonNode one(String sql) {
        return JsonMapper.shared()
                .readTree(send(sql + " SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow"));
    }

    private String send(String sql) {
        URI address = URI.create("http://" + server.getHost() + ":" + server.getPort() + "/?database=rateguard");
        String credentials =
                Base64.getEncoder().encodeToString(server.getUserInfo().getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + credentials)
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> reply = product.http().send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
                throw new IllegalStateException(sql + ": " + reply.body());
            }
            return reply.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
