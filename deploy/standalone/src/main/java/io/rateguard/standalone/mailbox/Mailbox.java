package io.rateguard.standalone.mailbox;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes mail for any address by SMTP on loopback, and keeps the latest. */
final class Mailbox implements AutoCloseable {

    private static final int KEPT = 200;

    private final GreenMail server;
    private final Deque<Mail> latest = new ArrayDeque<>();

    Mailbox(int smtpPort) {
        server = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    void start() {
        server.start();
        MessageDeliveryHandler toMailbox = server.getUserManager().getMessageDeliveryHandler();
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            keep(message.getMessage());
            return toMailbox.handle(message, address);
        });
    }

    /** Newest first. */
    synchronized List<Mail> latest() {
        return new ArrayList<>(latest);
    }

    @Override
    public void close() {
        server.stop();
    }

    /** A mail to several addresses comes once for each. */
    private synchronized void keep(MimeMessage message) throws MessagingException {
        Mail mail = read(message);
        if (!mail.id().isEmpty() && latest.stream().anyMatch(known -> known.id().equals(mail.id()))) {
            return;
        }
        latest.addFirst(mail);
        if (latest.size() > KEPT) {
            latest.removeLast();
            forgetWhatTheServerKeeps();
        }
    }

    private static Mail read(MimeMessage message) throws MessagingException {
        try {
            return Mail.of(message, Instant.now());
        } catch (IOException unreadable) {
            throw new MessagingException("the mail cannot be read", unreadable);
        }
    }

    private void forgetWhatTheServerKeeps() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
