package io.rateguard.alerts.delivery;

import java.net.URI;
import java.util.List;

/** Where a notice is sent. */
sealed interface Channel {

    /** @param to nobody where all are told of the same by other channels */
    record Email(List<String> to) implements Channel {}

    /** The address is a secret: whoever has it can write. */
    record Slack(URI webhook) implements Channel {

        @Override
        public String toString() {
            return "Slack[" + webhook.getHost() + "]";
        }
    }

    /** @param secret what messages are signed with */
    record Webhook(URI url, String secret) implements Channel {

        /** Without what is secret. */
        @Override
        public String toString() {
            return "Webhook[" + url.getHost() + "]";
        }
    }
}
