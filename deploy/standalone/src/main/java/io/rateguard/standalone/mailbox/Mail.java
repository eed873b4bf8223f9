package io.rateguard.standalone.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One mail as it is shown. */
record Mail(String id, Instant receivedAt, String from, String to, String subject, String text, String html) {

    static Mail of(MimeMessage message, Instant now) throws MessagingException, IOException {
        return new Mail(
                Objects.toString(message.getMessageID(), ""),
                now,
                list(message.getFrom()),
                list(message.getAllRecipients()),
                Objects.toString(message.getSubject(), ""),
                body(message.getContent(), "text/plain", message.isMimeType("text/plain")),
                body(message.getContent(), "text/html", message.isMimeType("text/html")));
    }

    private static String list(Object @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses).map(Object::toString).collect(Collectors.joining(", "));
    }

    /** The first part of this type, however deep it is. */
    private static String body(Object content, String type, boolean isOfType) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                String body = body(part.getContent(), type, part.isMimeType(type));
                if (!body.isEmpty()) {
                    return body;
                }
            }
            return "";
        }
        return isOfType ? content.toString() : "";
    }
}
