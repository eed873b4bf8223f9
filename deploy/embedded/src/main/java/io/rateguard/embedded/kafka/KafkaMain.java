package io.rateguard.embedded.kafka;

import io.rateguard.embedded.child.ChildLife;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Runs one Kafka node. Arguments: data folder, broker port, controller port. */
public final class KafkaMain {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";

    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        ChildLife.endWithParent();
        Path data = Path.of(arguments[0]);
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data);
        }
        KafkaRaftServer server = new KafkaRaftServer(
                KafkaConfig.fromProps(properties(data, arguments[1], arguments[2]), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        server.startup();
        ChildLife.ready();
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER_LISTENER)
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    /** The session is short because a killed broker can register again only when its last session has ended. */
    private static Properties properties(Path data, String port, String controllerPort) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("""
                process.roles=broker,controller
                node.id=%s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=16777216
                auto.create.topics.enable=false
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=500
                """.formatted(NODE_ID)));
        properties.setProperty("log.dirs", data.toString());
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s".formatted(port, controllerPort));
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        return properties;
    }
}
