package io.rateguard.drills.alerts;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A mail server, and a server that takes what goes to Slack and to webhooks. */
final class Receivers implements AutoCloseable {

    private static final Pattern HEADLINE = Pattern.compile("udget \"(\\S+)\" has reached (\\d+) %");
    private static final int TAKEN = 200;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Set<Received.Telling> told = ConcurrentHashMap.newKeySet();

    Receivers() throws IOException {
        mail.start();
        MessageDeliveryHandler toMailbox = mail.getUserManager().getMessageDeliveryHandler();
        mail.getUserManager().setMessageDeliveryHandler((message, address) -> {
            takeMail(message.getMessage());
            return toMailbox.handle(message, address);
        });
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/slack", exchange -> take(Medium.SLACK, "text", exchange));
        http.createContext("/webhook", exchange -> take(Medium.WEBHOOK, "headline", exchange));
        http.setExecutor(threads);
        http.start();
    }

    /** How an alerts service reaches the mail server. */
    Map<String, String> settings() {
        return Map.of(
                "RATEGUARD_SMTP_HOST",
                "127.0.0.1",
                "RATEGUARD_SMTP_PORT",
                Integer.toString(mail.getSmtp().getPort()),
                "RATEGUARD_SMTP_TLS",
                "none",
                "RATEGUARD_SMTP_FROM",
                "alerts@rateguard.example");
    }

    String url(Medium medium) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + medium.wireName();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** How many different things they were told. */
    int told() {
        return told.size();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        mail.stop();
    }

    private void takeMail(MimeMessage message) {
        try {
            keep(Medium.EMAIL, message.getSubject(), message.getMessageID());
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void take(Medium medium, String headline, HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            keep(
                    medium,
                    body.path(headline).asString(),
                    exchange.getRequestHeaders().getFirst("X-RateGuard-Event-Id"));
            exchange.sendResponseHeaders(TAKEN, -1);
        }
    }

    private void keep(Medium medium, String headline, String id) {
        Matcher said = HEADLINE.matcher(headline);
        if (!said.find()) {
            throw new IllegalStateException("message: " + headline + " (expected: of a budget)");
        }
        Received.Telling telling =
                new Received.Telling(medium, new Threshold(said.group(1), Integer.parseInt(said.group(2))));
        received.add(new Received(telling, id, System.nanoTime()));
        told.add(telling);
    }
}
