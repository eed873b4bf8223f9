package io.rateguard.alerts.delivery;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A notice as Slack takes it: Block Kit, with a text for notifications and plain clients. */
final class SlackText {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Slack refuses longer headers. */
    private static final int LONGEST_HEADER = 150;

    private SlackText() {}

    static ObjectNode of(Notice notice) {
        Wording wording = Wording.of(notice);
        ObjectNode message = NODES.objectNode();
        String headline = sign(notice) + wording.headline();
        message.put("text", fallback(headline, wording));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", plain(shortened(headline)));
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        wording.facts().forEach((label, value) -> fields.add(markdown("*" + label + "*\n" + escaped(value))));
        blocks.addObject().put("type", "section").set("text", markdown(escaped(wording.consequence())));
        ArrayNode buttons = blocks.addObject().put("type", "actions").putArray("elements");
        buttons.add(button(wording.button(), notice.link()));
        notice.offered().ifPresent(offer -> buttons.add(button(wording.offer(), offer.link())));
        return message;
    }

    private static ObjectNode button(String text, URI link) {
        ObjectNode button = NODES.objectNode().put("type", "button");
        button.set("text", plain(text));
        return button.put("url", link.toString());
    }

    /** What a channel shows before anything in it is read: refused, to be looked at, over. */
    private static String sign(Notice notice) {
        return switch (notice) {
            case Notice.BudgetReached it -> it.isUsedUp() && it.shutsOff() ? "🔴 " : "🟠 ";
            case Notice.Incident it -> it.isOver() ? "🟢 " : "🟠 ";
            case Notice.Test _ -> "";
        };
    }

    private static String fallback(String headline, Wording wording) {
        StringBuilder text = new StringBuilder(headline).append('.');
        for (Map.Entry<String, String> fact : wording.facts().entrySet()) {
            text.append(' ')
                    .append(fact.getKey())
                    .append(": ")
                    .append(fact.getValue())
                    .append('.');
        }
        return escaped(text.toString());
    }

    private static ObjectNode plain(String text) {
        return NODES.objectNode().put("type", "plain_text").put("text", text);
    }

    private static ObjectNode markdown(String text) {
        return NODES.objectNode().put("type", "mrkdwn").put("text", text);
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_HEADER) {
            return text;
        }
        int end = LONGEST_HEADER - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** What Slack would take for mentions and links. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
