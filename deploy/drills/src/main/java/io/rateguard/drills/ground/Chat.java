package io.rateguard.drills.ground;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import java.net.URI;
import java.net.http.HttpRequest;

/** A chat completion by way of a proxy; headers tell the demo provider what to do. */
public final class Chat {

    private static final String BODY = """
            {"model":"%s","max_tokens":%s,"messages":[{"role":"user","content":"Say hello."}]}""";

    private Chat() {}

    public static HttpRequest.Builder through(Service proxy, Database.Key key, String model, int maxTokens) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + proxy.port() + "/proxy/demo/v1/chat/completions"))
                .header("Authorization", "Bearer " + key.secret())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY.formatted(model, maxTokens)));
    }
}
