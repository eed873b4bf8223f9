package io.rateguard.console.apis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.api.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstRequestTest {

    @ParameterizedTest
    @EnumSource(Profile.class)
    void leavesTheKeyToTheShellAndGoesThroughTheProxy(Profile profile) {
        assertThat(FirstRequest.curl("http://127.0.0.1:3001", "mine", profile))
                .startsWith("curl http://127.0.0.1:3001/proxy/mine/")
                .contains("$RATEGUARD_KEY\"")
                .doesNotContain("rg_live");
    }

    @Test
    void asksTheDemoForAChat() {
        assertThat(FirstRequest.curl("https://proxy.example", "demo", Profile.DEMO))
                .isEqualTo("""
                curl https://proxy.example/proxy/demo/v1/chat/completions \\
                  -H "Authorization: Bearer $RATEGUARD_KEY" \\
                  -H "Content-Type: application/json" \\
                  -d '{"model":"demo-small","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}'""");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void bringsTheKeyWhereItIsKnown(Profile profile) {
        assertThat(FirstRequest.curl("http://127.0.0.1:3001", "mine", profile, "rg_live_abc"))
                .contains(" rg_live_abc\"")
                .doesNotContain("$RATEGUARD_KEY");
    }
}
