package io.rateguard.standalone.data;

import io.rateguard.standalone.StandaloneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The file that tells other programs how to reach the running product. It appears when all is ready. */
public final class ReadyFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    public ReadyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Removes what an earlier run left, so that nobody takes it for this one's. */
    public void clear() {
        if (!Files.isDirectory(file.resolveSibling(".")) || Files.isDirectory(file)) {
            throw new StandaloneException(
                    "--ready-file: " + file + " cannot be written (expected: a file in a folder that exists)");
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    public void write(Content content) {
        try {
            PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private StandaloneException unwritable(IOException failed) {
        return new StandaloneException("--ready-file: " + file + " cannot be written: " + failed.getMessage(), failed);
    }

    /**
     * What the file says; the names are a contract.
     *
     * @param demoKey null without the demo
     * @param demoUpstreamUrl null without the demo
     * @param mailUrl null where mail goes through a server of the environment
     */
    public record Content(
            String proxyUrl,
            String consoleUrl,
            String adminEmail,
            String adminPassword,
            String managementToken,
            String workspace,
            @Nullable String demoKey,
            @Nullable String demoUpstreamUrl,
            String postgresUrl,
            String redisUrl,
            String kafkaBootstrapServers,
            String clickhouseUrl,
            @Nullable String mailUrl,
            Map<String, Long> pids,
            Map<String, String> managementUrls) {

        @Override
        public String toString() {
            return "Content[proxyUrl=" + proxyUrl + ", pids=" + pids + "]";
        }
    }
}
