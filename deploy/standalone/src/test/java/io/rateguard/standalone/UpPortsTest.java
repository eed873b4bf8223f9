package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.embedded.Ports;
import io.rateguard.standalone.data.DataDir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpPortsTest {

    @TempDir
    private Path folder;

    @Test
    void choosesPortsThatNothingElseIsGiven() throws IOException {
        try (DataDir data = DataDir.take(folder)) {
            int ofRedis = freeButNotClaimed();
            Files.createDirectories(folder.resolve("redis"));
            Files.writeString(folder.resolve("redis/port"), Integer.toString(ofRedis));

            UpPorts chosen = UpPorts.choose(asking(0), data);

            List<Integer> all = new ArrayList<>(chosen.ofServices());
            all.add(chosen.demo());
            assertThat(all).doesNotHaveDuplicates().doesNotContain(ofRedis);
            all.add(ofRedis);
            assertThat(all).noneMatch(Ports::claim);
        }
    }

    @Test
    void keepsTheDemoProviderWhereItWas() throws IOException {
        int before = freeButNotClaimed();
        try (DataDir data = DataDir.take(folder)) {
            data.keep("demo-port", Integer.toString(before));

            assertThat(UpPorts.choose(asking(0), data).demo()).isEqualTo(before);
        }
    }

    @Test
    void namesATakenPortAndItsOwner() throws IOException {
        try (DataDir data = DataDir.take(folder);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> UpPorts.choose(asking(taken.getLocalPort()), data))
                    .hasMessageStartingWith("--proxy-port: port " + taken.getLocalPort() + " is taken by ")
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        }
    }

    private UpOptions asking(int proxyPort) {
        return new UpOptions(proxyPort, 0, 0, folder, null, true, List.of());
    }

    private static int freeButNotClaimed() throws IOException {
        try (ServerSocket passing = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return passing.getLocalPort();
        }
    }
}
