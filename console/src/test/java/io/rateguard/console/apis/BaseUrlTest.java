package io.rateguard.console.apis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.net.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    private static final AddressGuard GUARD =
            new AddressGuard(List.of(AddressRange.parse("127.0.0.1:4010")), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com",
                "http://api.example:8080/base/path",
                "http://127.0.0.1:4010",
                "http://localhost:4010",
                "https://93.184.215.14"
            })
    void takesHttpAddressesThatMayBeConnectedTo(String url) {
        assertThat(BaseUrl.require(url, GUARD)).isEqualTo(url);
    }

    @Test
    void dropsATrailingSlash() {
        assertThat(BaseUrl.require("https://api.openai.com/v1/", GUARD)).isEqualTo("https://api.openai.com/v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://api.example",
                "api.example",
                "https://",
                "https:///path",
                "https://api.example?key=1",
                "https://api.example/#part",
                "https://user:pw@api.example",
                "https://api.example:99999",
                "not a url"
            })
    void refusesWhatIsNoPlainHttpAddress(String url) {
        assertThatThrownBy(() -> BaseUrl.require(url, GUARD))
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageEndingWith("(expected: http:// or https://, a host, no user, query or fragment)")
                .hasMessageNotContaining("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:4011",
                "http://localhost",
                "http://10.0.0.1",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]:4010",
                "http://[fd00::1]",
                "http://2130706433"
            })
    void refusesLiteralPrivateAddresses(String url) {
        assertThatThrownBy(() -> BaseUrl.require(url, GUARD))
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageContaining("a private, local or reserved address");
    }
}
