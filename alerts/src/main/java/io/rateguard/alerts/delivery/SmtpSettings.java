package io.rateguard.alerts.delivery;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The server that takes emails.
 *
 * @param host empty: there is none, and emails wait
 * @param user empty: without signing in
 * @param from the sender's address
 * @param tls whether the connection is secured
 */
@ConfigurationProperties("rateguard.smtp")
public record SmtpSettings(String host, int port, String user, String password, String from, Tls tls) {

    public SmtpSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("RATEGUARD_SMTP_PORT: " + port + " (expected: 1 to 65535)");
        }
        if (from.indexOf('@') < 1) {
            throw new IllegalArgumentException("RATEGUARD_SMTP_FROM: " + from + " (expected: an email address)");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port + " " + tls.name().toLowerCase(Locale.ROOT) + " as "
                + (user.isEmpty() ? "nobody" : user);
    }

    /** How an SMTP connection is secured. */
    public enum Tls {
        /** Not at all. */
        NONE,
        /** By the command STARTTLS, without which nothing is sent. */
        STARTTLS,
        /** From its first byte. */
        IMPLICIT
    }
}
