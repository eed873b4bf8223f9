package io.rateguard.proxy.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.limit.RequestFacts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private final Fingerprints fingerprints = new Fingerprints(new byte[] {1, 2, 3});
    private final RequestFacts facts = facts(1, "openai", "POST", "/v1/chat");

    @Test
    void theSameRequestHasTheSameInEveryProxy() {
        long first = of(facts, "hello");

        assertThat(of(facts, "hello")).isEqualTo(first);
        assertThat(new Fingerprints(new byte[] {1, 2, 3}).of(facts, body("hello")))
                .isEqualTo(first);
    }

    @Test
    void everyPartOfARequestCounts() {
        LongStream all = LongStream.of(
                of(facts, "hello"),
                of(facts, "hellp"),
                of(facts, ""),
                of(facts(2, "openai", "POST", "/v1/chat"), "hello"),
                of(facts(1, "azure", "POST", "/v1/chat"), "hello"),
                of(facts(1, "openai", "PUT", "/v1/chat"), "hello"),
                of(facts(1, "openai", "POST", "/v1/chats"), "hello"),
                of(facts(1, "openai", "POST/v1", "/chat"), "hello"));

        assertThat(all.distinct().count()).isEqualTo(8);
    }

    @Test
    void anotherSecretKeyMakesOthers() {
        assertThat(new Fingerprints(new byte[] {1, 2, 4}).of(facts, body("hello")))
                .isNotEqualTo(of(facts, "hello"));
    }

    @Test
    void ofALongBodyLengthBeginningAndEndAreLookedAt() {
        String half = "x".repeat(Fingerprints.EDGE_BYTES);
        long plain = of(facts, half + "one" + half);

        assertThat(of(facts, half + "two" + half)).isEqualTo(plain);
        assertThat(of(facts, half + "four" + half)).isNotEqualTo(plain);
        assertThat(of(facts, "y" + half.substring(1) + "one" + half)).isNotEqualTo(plain);
        assertThat(of(facts, half + "one" + half.substring(1) + "y")).isNotEqualTo(plain);
    }

    @Test
    void readsFromWhereTheBodyIsReadAndLeavesItThere() {
        ByteBuf body = Unpooled.copiedBuffer(" hello", StandardCharsets.UTF_8);
        body.skipBytes(1);

        assertThat(fingerprints.of(facts, body)).isEqualTo(of(facts, "hello"));
        assertThat(body.readableBytes()).isEqualTo(5);
    }

    private long of(RequestFacts of, String body) {
        return fingerprints.of(of, body(body));
    }

    private static ByteBuf body(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static RequestFacts facts(int key, String api, String method, String path) {
        return new RequestFacts(
                api, method, path, null, new ApiKeyId(new UUID(0, key)), null, null, Map.of(), "192.0.2.7");
    }
}
