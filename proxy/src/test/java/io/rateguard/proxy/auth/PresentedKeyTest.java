package io.rateguard.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PresentedKeyTest {

    private final HttpHeaders headers = new DefaultHttpHeaders();

    @Test
    void isFoundInEachOfTheSixPlaces() {
        assertThat(in("Authorization", "Bearer  rg_live_1 ")).contains("rg_live_1");
        assertThat(in("Authorization", "bEARER rg_live_1")).contains("rg_live_1");
        assertThat(in("x-api-key", "rg_live_1")).contains("rg_live_1");
        assertThat(in("api-key", "rg_live_1")).contains("rg_live_1");
        assertThat(in("x-goog-api-key", "rg_live_1")).contains("rg_live_1");
        assertThat(in("Authorization", "Basic " + base64("rg_live_1:"))).contains("rg_live_1");
        assertThat(in("Authorization", "Basic " + base64("rg_live_1"))).contains("rg_live_1");
        assertThat(PresentedKey.in(new DefaultHttpHeaders(), "a=1&key=rg_live_1"))
                .contains("rg_live_1");
    }

    @Test
    void ourKeyGoesBeforeAnyOtherCredential() {
        headers.add("Authorization", "Bearer sk-other").add("x-api-key", "rg_live_1");

        assertThat(PresentedKey.in(headers, "")).contains("rg_live_1");
        headers.remove("x-api-key");
        assertThat(PresentedKey.in(headers, "key=rg_live_2")).contains("rg_live_2");
        assertThat(PresentedKey.in(headers, "key=other")).contains("sk-other");
        headers.remove("Authorization");
        assertThat(PresentedKey.in(headers, "key=other")).contains("other");
    }

    @Test
    void garbageIsNoKey() {
        assertThat(in("Authorization", "Basic ###")).contains("");
        assertThat(in("Authorization", "Basic")).contains("Basic");
        assertThat(PresentedKey.in(new DefaultHttpHeaders(), "")).isEmpty();
        assertThat(PresentedKey.in(new DefaultHttpHeaders(), "key")).contains("");
        assertThat(PresentedKey.in(new DefaultHttpHeaders(), "key=%zz")).contains("%zz");
        assertThat(PresentedKey.in(new DefaultHttpHeaders(), "monkey=rg_live_1&a;key=rg_live_1"))
                .isEmpty();
    }

    private static java.util.Optional<String> in(String header, String value) {
        return PresentedKey.in(new DefaultHttpHeaders().add(header, value), "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
