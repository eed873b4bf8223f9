package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of signatures in {@code docs/alerts.md}, as they stand, on the message that is shown there. */
class WebhookExamplesTest {

    private static final Document ALERTS = Document.read("docs/alerts.md");
    private static final Path NODE = Document.ROOT.resolve(".node/bin/node");
    private static final Map<String, String> EXAMPLE = ALERTS.block("example")
            .lines()
            .map(line -> line.split(" +", 2))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));

    /** Genuine, of another body, under another secret, too old. */
    private static final String EXPECTED = "true false false false";

    @TempDir
    Path folder;

    @Test
    void java() throws IOException {
        String main = """
                public class Main {
                    public static void main(String[] a) throws Exception {
                        System.out.println(valid(a, a[0], a[3], 0) + " " + valid(a, a[0], a[3] + " ", 0) + " "
                                + valid(a, a[0] + "x", a[3], 0) + " " + valid(a, a[0], a[3], 301));
                    }
                    static boolean valid(String[] a, String secret, String body, long age) throws Exception {
                        return RateGuardSignature.isValid(secret, a[1], a[2], body.getBytes(), Long.parseLong(a[1]) + age);
                    }
                }
                """;
        write("RateGuardSignature.java");

        assertThat(run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Main.java", main))
                .isEqualTo(EXPECTED);
    }

    @Test
    void node() throws IOException {
        String node = Files.exists(NODE) ? NODE.toString() : "node";
        assumeTrue(isHere(node), "Node is not here");
        String main = """
                import { isValid } from "./rateguard-signature.mjs";
                const [secret, timestamp, signature, text] = process.argv.slice(2);
                const body = Buffer.from(text), now = Number(timestamp);
                console.log(isValid(secret, timestamp, signature, body, now),
                  isValid(secret, timestamp, signature, Buffer.from(text + " "), now),
                  isValid(secret + "x", timestamp, signature, body, now),
                  isValid(secret, timestamp, signature, body, now + 301));
                """;
        write("rateguard-signature.mjs");

        assertThat(run(node, "main.mjs", main)).isEqualTo(EXPECTED);
    }

    @Test
    void python() throws IOException {
        assumeTrue(isHere("python3"), "Python is not here");
        String main = """
                import sys
                from rateguard_signature import is_valid
                secret, timestamp, signature, text = sys.argv[1:]
                body, now = text.encode(), int(timestamp)
                print(str(is_valid(secret, timestamp, signature, body, now)).lower(),
                      str(is_valid(secret, timestamp, signature, body + b" ", now)).lower(),
                      str(is_valid(secret + "x", timestamp, signature, body, now)).lower(),
                      str(is_valid(secret, timestamp, signature, body, now + 301)).lower())
                """;
        write("rateguard_signature.py");

        assertThat(run("python3", "main.py", main)).isEqualTo(EXPECTED);
    }

    private void write(String block) throws IOException {
        Files.writeString(folder.resolve(block), ALERTS.block(block));
    }

    private String run(String runtime, String name, String main) throws IOException {
        Files.writeString(folder.resolve(name), main);
        List<String> words = Stream.concat(
                        Stream.of(runtime, name),
                        Stream.of("secret", "timestamp", "signature", "body").map(EXAMPLE::get))
                .toList();
        return new Command(words, folder, Map.of()).run().strip();
    }

    private static boolean isHere(String runtime) {
        try {
            return new ProcessBuilder(runtime, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
