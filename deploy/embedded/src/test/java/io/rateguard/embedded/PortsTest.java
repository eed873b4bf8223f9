package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @Test
    void claimsAFreePortOnce() {
        int port = Ports.claimFree();

        assertThat(Ports.isFree(port)).isTrue();
        assertThat(Ports.claim(port)).isFalse();
    }

    @Test
    void claimsNoPortThatIsListenedOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(Ports.claim(taken.getLocalPort())).isFalse();
        }
    }

    @Test
    void claimsNoPortThatAnotherProcessHasClaimed() throws Exception {
        int claimed = Ports.claimFree();

        String[] words = claimedByAnotherProcess(claimed).split(" ");
        assertThat(words[0]).isEqualTo("false");
        assertThat(Integer.parseInt(words[1])).isPositive().isNotEqualTo(claimed);
    }

    @Test
    void keepsThePortsThatTheServersOfADataDirRemember(@TempDir Path dataDir) throws IOException {
        int port = freeButNotClaimed();
        Files.createDirectories(dataDir.resolve("kafka"));
        Files.writeString(dataDir.resolve("kafka/controller-port"), Integer.toString(port));

        Ports.claimRemembered(dataDir);

        assertThat(Ports.claim(port)).isFalse();
    }

    private static int freeButNotClaimed() throws IOException {
        try (ServerSocket passing = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return passing.getLocalPort();
        }
    }

    private static String claimedByAnotherProcess(int port) throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClaimingMain.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Says whether it could claim the given port, and which other it can have. */
    static final class ClaimingMain {

        private ClaimingMain() {}

        public static void main(String[] arguments) {
            System.out.println(Ports.claim(Integer.parseInt(arguments[0])) + " " + Ports.claimFree());
        }
    }
}
