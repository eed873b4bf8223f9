package io.rateguard.embedded;

import io.rateguard.embedded.kafka.KafkaMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka broker and controller in one JVM of its own. It has no login: whoever reaches loopback reaches it, as is usual
 * for a development broker.
 */
public final class EmbeddedKafka extends EmbeddedPart {

    private final int controllerPort;
    private final JvmChild child;

    private EmbeddedKafka(Settings settings) {
        super("kafka", settings);
        controllerPort = dir.port("controller-port", 0);
        child = new JvmChild(dir, settings);
    }

    /** Takes the folder and settles the ports, so that its address is known; starts nothing yet. */
    public static EmbeddedKafka in(Settings settings) {
        return new EmbeddedKafka(settings);
    }

    /** Starts Kafka on its data; returns when the broker takes requests. */
    public static EmbeddedKafka start(Settings settings) {
        EmbeddedKafka kafka = in(settings);
        kafka.startOrRelease();
        return kafka;
    }

    /** Of the Kafka on the class path. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream in = EmbeddedKafka.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "of unknown version");
    }

    public KafkaAccess access() {
        return new KafkaAccess("127.0.0.1:" + port);
    }

    @Override
    void prepare() throws IOException {
        child.prepare();
        Files.createDirectories(dir.resolve("data"));
    }

    @Override
    List<String> command() {
        return child.command(
                List.of("-Xmx256m", "-XX:+UseCompactObjectHeaders"),
                KafkaMain.class.getName(),
                dir.resolve("data").toString(),
                Integer.toString(port),
                Integer.toString(controllerPort));
    }

    @Override
    Map<String, String> environment() {
        return child.environment();
    }

    @Override
    boolean isReady() {
        return child.isReady(pid());
    }
}
