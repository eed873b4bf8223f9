package io.rateguard.console.alerts.ui;

import io.rateguard.console.alerts.Channels.Channel;
import java.util.List;
import java.util.stream.Collectors;

/** Channels in the words of a person. */
final class ChannelWords {

    static final List<String> TYPES = List.of("email", "slack", "webhook", "owners");

    private ChannelWords() {}

    static String type(String type) {
        return switch (type) {
            case "email" -> "Email";
            case "slack" -> "Slack";
            case "webhook" -> "Webhook";
            case "owners" -> "Email to the owners";
            default -> type;
        };
    }

    /** What may be shown of where it leads. */
    static String target(Channel channel) {
        return switch (channel.type()) {
            case "email" ->
                channel.target()
                        .path("to")
                        .valueStream()
                        .map(address -> address.asString())
                        .collect(Collectors.joining(", "));
            case "owners" -> "Whoever owns the workspace";
            default -> channel.target().path("host").asString("");
        };
    }
}
