package io.rateguard.analytics.intake;

import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service that takes events from Kafka into ClickHouse. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    KafkaSettings.class,
    EventsSettings.class,
    StoreSettings.class,
    BlockSettings.class,
    ManagementSettings.class
})
class IntakeMain {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(ReplayMain.COMMAND)) {
            System.exit(ReplayMain.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        SpringApplication.run(IntakeMain.class, arguments);
    }

    @Bean
    IntakeStatus status() {
        return new IntakeStatus();
    }

    @Bean
    ManagementServer management(ManagementSettings settings, IntakeStatus status) throws IOException {
        return new ManagementServer(settings, status);
    }

    @Bean(initMethod = "start")
    Intake intake(
            KafkaSettings kafka,
            EventsSettings events,
            StoreSettings store,
            BlockSettings blocks,
            IntakeStatus status) {
        return new Intake(kafka, events, store.clickHouse(), blocks, status, step -> {});
    }
}
