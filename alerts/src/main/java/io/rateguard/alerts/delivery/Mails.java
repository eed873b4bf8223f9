package io.rateguard.alerts.delivery;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Hands emails to an SMTP server. */
final class Mails {

    private static final Logger log = LoggerFactory.getLogger(Mails.class);

    private static final String PATIENCE_MILLIS =
            Long.toString(Duration.ofSeconds(10).toMillis());

    private final SmtpSettings settings;
    private final JavaMailSenderImpl server;

    Mails(SmtpSettings settings) {
        this.settings = settings;
        this.server = server(settings);
    }

    /**
     * Returns when the server has taken it.
     *
     * @param id the same for every attempt: the message is known by it
     */
    void send(UUID id, List<String> to, EmailText email, Instant writtenAt) {
        if (settings.host().isEmpty()) {
            throw NotDelivered.now("no SMTP server (RATEGUARD_SMTP_HOST is not set)");
        }
        try {
            server.send(message(id, to, email, writtenAt));
        } catch (MailAuthenticationException refused) {
            throw NotDelivered.now("the SMTP server refuses RATEGUARD_SMTP_USER");
        } catch (MailSendException failed) {
            if (!isTakenForSome(failed)) {
                throw isRefused(failed) ? NotDelivered.ever(reason(failed)) : NotDelivered.now(reason(failed));
            }
            log.warn("email {}: not every address was taken: {}", id, reason(failed));
        } catch (MailException | MessagingException failed) {
            throw NotDelivered.now(reason(failed));
        }
    }

    private MimeMessage message(UUID id, List<String> to, EmailText email, Instant writtenAt)
            throws MessagingException {
        MimeMessage message = server.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        helper.setFrom(new InternetAddress(settings.from()));
        helper.setTo(to.toArray(String[]::new));
        helper.setSubject(email.subject());
        helper.setText(email.text(), email.html());
        helper.setSentDate(Date.from(writtenAt));
        message.setHeader("Message-ID", "<" + id + "@" + domain() + ">");
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-RateGuard-Event-Id", id.toString());
        return message;
    }

    private String domain() {
        return settings.from().substring(settings.from().indexOf('@') + 1);
    }

    /** To try again would send it twice to those who have it. */
    private static boolean isTakenForSome(MailSendException failed) {
        return addresses(failed, SendFailedException::getValidSentAddresses) > 0;
    }

    /** The server knows none of the addresses, and will not. */
    private static boolean isRefused(MailSendException failed) {
        return addresses(failed, SendFailedException::getInvalidAddresses) > 0
                && addresses(failed, SendFailedException::getValidUnsentAddresses) == 0;
    }

    private static int addresses(
            MailSendException failed, Function<SendFailedException, Address @Nullable []> ofThose) {
        int count = 0;
        for (Exception each : failed.getMessageExceptions()) {
            if (each instanceof SendFailedException refused) {
                Address @Nullable [] those = ofThose.apply(refused);
                count += those == null ? 0 : those.length;
            }
        }
        return count;
    }

    private static String reason(Exception failed) {
        Throwable deepest = failed;
        if (failed instanceof MailSendException several && several.getMessageExceptions().length > 0) {
            deepest = several.getMessageExceptions()[0];
        }
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return "SMTP: " + String.valueOf(deepest.getMessage()).strip();
    }

    private static JavaMailSenderImpl server(SmtpSettings settings) {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost(settings.host());
        server.setPort(settings.port());
        if (!settings.user().isEmpty()) {
            server.setUsername(settings.user());
            server.setPassword(settings.password());
        }
        Properties properties = server.getJavaMailProperties();
        properties.put("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.tls()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
        }
        return server;
    }
}
