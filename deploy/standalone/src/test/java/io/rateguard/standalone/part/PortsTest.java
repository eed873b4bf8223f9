package io.rateguard.standalone.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void namesATakenPortAndItsOwner() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree("--proxy-port", taken.getLocalPort()))
                    .hasMessageStartingWith("--proxy-port: port " + taken.getLocalPort() + " is taken by ")
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void findsAFreePort() {
        assertThat(Ports.isFree(Ports.free(RandomGenerator.getDefault()))).isTrue();
    }
}
