package io.rateguard.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.alerts.delivery.SmtpSettings;
import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.ManagementSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** What the environment says, as the service understands it. */
class SettingsTest {

    private static final Map<String, Object> LEAST = Map.of(
            "RATEGUARD_POSTGRES_URL", "jdbc:postgresql://db/rateguard",
            "RATEGUARD_POSTGRES_PASSWORD", "pg-password",
            "RATEGUARD_SECRET_KEY", "secret-key");

    @Test
    void needsADatabaseAndASecretKeyAndHasDefaultsForTheRest() {
        Binder binder = binder(LEAST);

        assertThat(bind(binder, "rateguard.alerts", AlertsSettings.class))
                .isEqualTo(new AlertsSettings(
                        "jdbc:postgresql://db/rateguard",
                        "rateguard_alerts",
                        "pg-password",
                        "secret-key",
                        "redis://127.0.0.1:6379",
                        "",
                        "",
                        "http://127.0.0.1:3000",
                        Duration.ofSeconds(30)));
        assertThat(bind(binder, "rateguard.kafka", KafkaSettings.class))
                .isEqualTo(new KafkaSettings(
                        "127.0.0.1:9092", "api-events", "rateguard-alerts", "rateguard-intake", Map.of()));
        assertThat(bind(binder, "rateguard.smtp", SmtpSettings.class))
                .isEqualTo(new SmtpSettings("", 587, "", "", "rateguard@localhost", SmtpSettings.Tls.STARTTLS));
        assertThat(bind(binder, "rateguard.management", ManagementSettings.class))
                .isEqualTo(new ManagementSettings("127.0.0.1", 3104, ""));
    }

    @Test
    void takesEverythingFromTheEnvironmentAndPrintsNoSecret() {
        Map<String, Object> environment = new HashMap<>(LEAST);
        environment.putAll(Map.of(
                "RATEGUARD_REDIS_URL", "rediss://redis:1",
                "RATEGUARD_UPSTREAM_ALLOW", "10.0.0.0/8",
                "RATEGUARD_PUBLIC_CONSOLE_URL", "https://console.example",
                "RATEGUARD_KAFKA_BOOTSTRAP", "kafka:1",
                "RATEGUARD_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL"));
        environment.putAll(Map.of(
                "RATEGUARD_SMTP_HOST", "smtp.example",
                "RATEGUARD_SMTP_PORT", "465",
                "RATEGUARD_SMTP_USER", "mailer",
                "RATEGUARD_SMTP_PASSWORD", "mail-password",
                "RATEGUARD_SMTP_FROM", "alerts@example.org",
                "RATEGUARD_SMTP_TLS", "implicit",
                "RATEGUARD_MANAGEMENT_PORT", "0"));
        Binder binder = binder(environment);

        AlertsSettings alerts = bind(binder, "rateguard.alerts", AlertsSettings.class);
        KafkaSettings kafka = bind(binder, "rateguard.kafka", KafkaSettings.class);
        SmtpSettings smtp = bind(binder, "rateguard.smtp", SmtpSettings.class);

        assertThat(alerts.redisUrl()).isEqualTo("rediss://redis:1");
        assertThat(alerts.upstreamAllow()).hasSize(1);
        assertThat(alerts.consoleUrl()).isEqualTo("https://console.example");
        assertThat(kafka.bootstrap()).isEqualTo("kafka:1");
        assertThat(kafka.properties()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(smtp)
                .isEqualTo(new SmtpSettings(
                        "smtp.example",
                        465,
                        "mailer",
                        "mail-password",
                        "alerts@example.org",
                        SmtpSettings.Tls.IMPLICIT));
        assertThat(alerts + " " + kafka + " " + smtp).doesNotContain("pg-password", "secret-key", "mail-password");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpSettings("h", 0, "", "", "a@b", SmtpSettings.Tls.NONE))
                .withMessage("RATEGUARD_SMTP_PORT: 0 (expected: 1 to 65535)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpSettings("h", 25, "", "", "me", SmtpSettings.Tls.NONE))
                .withMessage("RATEGUARD_SMTP_FROM: me (expected: an email address)");
    }

    private static <T> T bind(Binder binder, String prefix, Class<T> type) {
        return binder.bind(prefix, type).get();
    }

    private static Binder binder(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        try {
            new YamlPropertySourceLoader()
                    .load("defaults", new ClassPathResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return Binder.get(environment);
    }
}
