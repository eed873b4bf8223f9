package io.rateguard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged launcher as a process of its own, on free ports, and what it tells about itself. */
final class RunningProduct implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Path JAR = Path.of("target/product/standalone/standalone.jar").toAbsolutePath();

    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(100);
    private static final Pattern HEADER = Pattern.compile("-H '([^:]+): ([^']*)'");
    private static final Pattern BODY = Pattern.compile("-d '([^']*)'");
    private static final Pattern URL = Pattern.compile("curl -i (\\S+) ");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path output;
    private final Path readyFile;

    private RunningProduct(Process process, Path output, Path readyFile) {
        this.process = process;
        this.output = output;
        this.readyFile = readyFile;
    }

    /** Returns at once. */
    static RunningProduct launch(Path folder, String... arguments) throws IOException {
        Path output = folder.resolve("output-" + System.nanoTime() + ".txt");
        Path readyFile = folder.resolve("ready.json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString(), "up"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunningProduct(process, output, readyFile);
    }

    /** Returns when it says that it is ready; its data is in {@code data}. */
    static RunningProduct start(Path folder, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--proxy-port=0",
                "--console-port=0",
                "--management-port-base=0",
                "--data-dir=data",
                "--ready-file=ready.json"));
        arguments.addAll(List.of(more));
        RunningProduct product = launch(folder, arguments.toArray(String[]::new));
        until(READY_WITHIN, () -> !product.process.isAlive() || product.output().contains("Ctrl-C"));
        assertThat(product.process.isAlive()).as(product.output()).isTrue();
        return product;
    }

    static void until(Duration within, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("nanoseconds, with a deadline of " + within)
                    .isLessThan(deadline);
            LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** The data folder of a product that was {@link #start started}. */
    Path data() {
        return readyFile.resolveSibling("data");
    }

    /** What ClickHouse answers, a line for each row. */
    List<String> clickhouse(String question) throws Exception {
        URI address = URI.create(told("clickhouseUrl"));
        String login = Base64.getEncoder().encodeToString(address.getUserInfo().getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + address.getHost() + ":" + address.getPort() + "/"))
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    Path readyFile() {
        return readyFile;
    }

    JsonNode ready() throws IOException {
        return JSON.readTree(Files.readString(readyFile));
    }

    String told(String name) throws IOException {
        return ready().path(name).asString();
    }

    Map<String, Long> pids() throws IOException {
        Map<String, Long> pids = new TreeMap<>();
        ready().path("pids").forEachEntry((name, pid) -> pids.put(name, pid.asLong()));
        return pids;
    }

    /** Sends the very request of the curl line that was printed. */
    HttpResponse<String> sendPrintedRequest() throws Exception {
        String line = output().lines()
                .filter(each -> each.strip().startsWith("curl "))
                .findFirst()
                .orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(first(URL, line)))
                .POST(HttpRequest.BodyPublishers.ofString(first(BODY, line)));
        HEADER.matcher(line).results().forEach(header -> request.header(header.group(1), header.group(2)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url, String bearer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + bearer)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode management(String path) throws Exception {
        return management(told("workspace"), told("managementToken"), path);
    }

    /** Of the workspace {@code sample}, whose token stands among the secrets of the data folder. */
    JsonNode sample(String path) throws Exception {
        String token = JSON.readTree(Files.readString(data().resolve("secrets.json")))
                .path("sampleToken")
                .asString();
        return management("sample", token, path);
    }

    private JsonNode management(String workspace, String token, String path) throws Exception {
        String url = told("consoleUrl") + "/api/v1/workspaces/" + workspace + "/" + path;
        HttpResponse<String> answer = get(url, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    void create(String list, String json) throws Exception {
        HttpResponse<String> answer = post(list, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    HttpResponse<String> post(String list, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(managementUrl(list)))
                .header("Authorization", "Bearer " + told("managementToken"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits for the launcher to end; its status. */
    int awaitEnd(Duration within) throws InterruptedException {
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within " + within)
                .isTrue();
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private String managementUrl(String path) throws IOException {
        return told("consoleUrl") + "/api/v1/workspaces/" + told("workspace") + "/" + path;
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }
}
