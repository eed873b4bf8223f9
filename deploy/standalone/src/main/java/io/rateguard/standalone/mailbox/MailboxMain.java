package io.rateguard.standalone.mailbox;

import java.io.IOException;

/** Runs the mailbox until the process ends. */
final class MailboxMain {

    private MailboxMain() {}

    /** @param arguments the port for SMTP and the one of the page */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(arguments.length + " arguments (expected: SMTP port, page port)");
        }
        Mailbox mailbox = new Mailbox(Integer.parseInt(arguments[0]));
        MailPage page = new MailPage(mailbox, Integer.parseInt(arguments[1]));
        mailbox.start();
        page.start();
    }
}
