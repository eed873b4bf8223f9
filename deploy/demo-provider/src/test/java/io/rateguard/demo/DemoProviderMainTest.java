package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoProviderMainTest {

    @Test
    void runsPlainUnlessToldOtherwise() {
        DemoSettings settings = settings("--port", "1234");

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(1234);
        assertThat(settings.recorded()).isZero();
        assertThat(settings.key()).isEmpty();
        assertThat(settings.behaviour()).isSameAs(Behaviour.PLAIN);
    }

    @Test
    void takesEveryOption() {
        DemoSettings settings = settings(
                "--port=0",
                "--host=::1",
                "--require-key=secret",
                "--error-rate=0.05",
                "--seed=9",
                "--threads=2",
                "--latency=2s",
                "--chunk-delay=15ms",
                "--abort=mid-stream",
                "--hang");

        assertThat(settings.key()).contains("secret");
        assertThat(settings.errorRate()).isEqualTo(0.05);
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.threads()).isEqualTo(2);
        assertThat(settings.behaviour().get(Knob.LATENCY_MILLIS)).isEqualTo(2_000);
        assertThat(settings.behaviour().get(Knob.CHUNK_DELAY_MILLIS)).isEqualTo(15);
        assertThat(settings.behaviour().abort()).isEqualTo(Behaviour.Abort.MID_STREAM);
        assertThat(settings.behaviour().is(Knob.HANG)).isTrue();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void namesAnOptionThatIsWrong() {
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> settings("--port=0", "--latency=soon"))
                .withMessageContaining("--latency: soon (expected: a time such as 250ms, 2s or 1m)");
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> settings("--port=0", "--status=200"))
                .withMessageContaining("400 to 599");
    }

    private static DemoSettings settings(String... args) {
        CommandLine commandLine = DemoProviderMain.commandLine();
        commandLine.parseArgs(args);
        return commandLine.<DemoProviderMain>getCommand().settings();
    }
}
