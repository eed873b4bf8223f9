package io.rateguard.alerts;

import io.rateguard.alerts.delivery.DeliverySettings;
import io.rateguard.alerts.delivery.SmtpSettings;
import io.rateguard.alerts.intake.KafkaSettings;
import io.rateguard.alerts.management.ManagementSettings;
import java.io.IOException;
import java.net.URI;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service that tells people what their budgets have come to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AlertsSettings.class,
    KafkaSettings.class,
    LedgerSettings.class,
    SmtpSettings.class,
    ManagementSettings.class
})
class AlertsMain {

    public static void main(String[] arguments) {
        SpringApplication.run(AlertsMain.class, arguments);
    }

    @Bean
    Alerts alerts(
            AlertsSettings settings,
            KafkaSettings kafka,
            LedgerSettings ledger,
            SmtpSettings smtp,
            ManagementSettings management)
            throws IOException {
        return Alerts.start(
                settings, kafka, ledger, smtp, DeliverySettings.of(URI.create(settings.consoleUrl())), management);
    }
}
