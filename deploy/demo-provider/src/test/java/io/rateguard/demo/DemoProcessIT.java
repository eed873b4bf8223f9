package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoProcessIT {

    private static final String GREETING = "Demo provider listening on ";

    @Test
    void runsAsAProcessUntilItIsToldToStop() throws IOException, InterruptedException {
        Process process = process("--port=0");
        ;
        try (BufferedReader output = process.inputReader()) {
            String greeting = output.readLine();
            assertThat(greeting).startsWith(GREETING);

            assertThat(health(greeting.substring(GREETING.length()))).isEqualTo("{\"status\":\"UP\"}");

            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException, InterruptedException {
        try (DemoProvider first = DemoProvider.start(DemoSettings.defaults())) {
            Process second = process("--port=" + first.port());
            try (BufferedReader complaint = second.errorReader()) {
                assertThat(complaint.lines()).anyMatch(line -> line.contains("127.0.0.1:" + first.port()));
                assertThat(second.waitFor()).isEqualTo(1);
            } finally {
                second.destroyForcibly();
            }
        }
    }

    private static Process process(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                DemoProviderMain.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static String health(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url + "/health")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
