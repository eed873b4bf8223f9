package io.rateguard.bed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topic that proxies send events to, as the intake would create it. */
public final class EventsTopic {

    public static final String NAME = "api-events";
    public static final int PARTITIONS = 8;

    private EventsTopic() {}

    public static void create(String bootstrapServers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the topic " + NAME + " cannot be created", failure);
        }
    }
}
