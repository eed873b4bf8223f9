package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void areDurableOnARememberedPortUnlessSaidOtherwise() {
        Settings settings = Settings.in(Path.of("data"));

        assertThat(settings.dataDir()).isAbsolute();
        assertThat(settings.port()).isZero();
        assertThat(settings.password()).isNull();
        assertThat(settings.classPath()).isEqualTo(System.getProperty("java.class.path"));
        assertThat(settings.jvmOptions()).isEmpty();
        assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.durable()).isTrue();
    }

    @Test
    void takeWhatIsSaid() {
        Settings settings = Settings.in(Path.of("/data"))
                .withPort(5432)
                .withPassword("long-enough")
                .withClassPath("lib/*")
                .withJvmOptions(List.of("-Xint"))
                .withStopWithin(Duration.ofMinutes(3))
                .withDurable(false);

        assertThat(settings)
                .isEqualTo(new Settings(
                        Path.of("/data"),
                        5432,
                        "long-enough",
                        "lib/*",
                        List.of("-Xint"),
                        Duration.ofMinutes(3),
                        false));
        assertThat(settings.toString()).doesNotContain("long-enough");
    }

    @Test
    void refuseAPasswordThatAConfigurationFileCouldMisread() {
        Settings settings = Settings.in(Path.of("/data"));

        assertThatThrownBy(() -> settings.withPassword("two words\nport 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() -> settings.withPort(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: 70000 (expected: 0 to 65535)");
    }
}
