package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpCommandTest {

    @Test
    void hasThePortsAndTheFolderOfTheContract() {
        assertThat(parsed("up"))
                .isEqualTo(new UpOptions(3001, 3000, 3101, Path.of(".rateguard"), null, true, List.of()));
    }

    @Test
    void readsEveryOption() {
        UpOptions options = parsed(
                "up",
                "--proxy-port=0",
                "--console-port",
                "8080",
                "--management-port-base",
                "9000",
                "--data-dir",
                "d",
                "--ready-file",
                "r.json",
                "--no-demo",
                "--upstream-allow",
                "10.0.0.0/8",
                "--upstream-allow",
                "192.168.1.2:8080");

        assertThat(options)
                .isEqualTo(new UpOptions(
                        0,
                        8080,
                        9000,
                        Path.of("d"),
                        Path.of("r.json"),
                        false,
                        List.of("10.0.0.0/8", "192.168.1.2:8080")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--proxy-port=65536 | --proxy-port: 65536 (expected: 0 to 65535)",
                "--proxy-port=-1 | --proxy-port: -1 (expected: 0 to 65535)",
                "--console-port=http | --console-port: http (expected: 0 to 65535)",
                "--console-port=3001 | --console-port: 3001 is the proxy's port as well (expected: another one)",
                "--management-port-base=65533 | --management-port-base: 65533 (expected: 0 to 65532",
                "--proxy-port=3104 | --proxy-port: 3104 is one of the management ports 3101 to 3104",
                "--upstream-allow=intranet | --upstream-allow: intranet (expected: an IP block such as 10.0.0.0/8",
                "--upstream-allow=10.0.0.0/40 | --upstream-allow: 10.0.0.0/40 (expected: an IP block",
                "--verbose | '--verbose'",
                "--data-dir | Missing required parameter for option '--data-dir'"
            })
    void saysInOneMessageWhatIsWrongAndStartsNothing(String argument, String message) {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));

        int status = line.execute("up", argument);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith("rateguard: ").contains(message).hasLineCount(2);
    }

    private static UpOptions parsed(String... arguments) {
        CommandLine line = Main.commandLine();
        line.parseArgs(arguments);
        UpCommand command = line.getSubcommands().get("up").getCommand();
        return command.options();
    }
}
