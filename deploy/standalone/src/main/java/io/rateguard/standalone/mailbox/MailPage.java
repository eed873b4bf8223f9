package io.rateguard.standalone.mailbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Shows the mailbox at {@code /}, as JSON at {@code /mails}, and that it is there at {@code /health}. */
final class MailPage implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HTML = "text/html; charset=utf-8";
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="10">
            <title>RateGuard mail</title>
            <style>
              :root { color-scheme: light dark; }
              body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; font: 15px/1.5 system-ui, sans-serif; }
              article { border: 1px solid #8884; border-radius: 12px; margin: 1.5rem 0; overflow: hidden; }
              header { padding: 1rem 1.25rem; }
              h1 { font-size: 1.5rem; }
              h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
              p { margin: 0; opacity: .7; }
              iframe { border: 0; border-top: 1px solid #8884; width: 100%%; height: 30rem; background: #fff; }
              pre { margin: 0; padding: 1rem 1.25rem; border-top: 1px solid #8884; white-space: pre-wrap; }
            </style>
            </head>
            <body>
            <h1>Mail</h1>
            <p>RateGuard has no mail server to send through (RATEGUARD_SMTP_HOST is not set), so its mail is kept here
            until it stops. The page looks for new mail by itself.</p>
            %s
            </body>
            </html>
            """;

    private final Mailbox mailbox;
    private final HttpServer server;

    MailPage(Mailbox mailbox, int port) throws IOException {
        this.mailbox = mailbox;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
    }

    void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> send(exchange, 200, HTML, page(mailbox.latest()));
            case "/mails" -> send(exchange, 200, "application/json", JSON.writeValueAsString(mailbox.latest()));
            case "/health" -> send(exchange, 200, "application/json", "{\"status\":\"UP\"}");
            default -> send(exchange, 404, "text/plain", "no such page");
        }
    }

    private static String page(List<Mail> mails) {
        String shown = mails.isEmpty()
                ? "<article><header><p>Nothing yet.</p></header></article>"
                : mails.stream().map(MailPage::article).collect(Collectors.joining("\n"));
        return FRAME.formatted(shown);
    }

    /** A mail's own HTML stays in a frame that may do nothing. */
    private static String article(Mail mail) {
        String body = mail.html().isEmpty()
                ? "<pre>" + escaped(mail.text()) + "</pre>"
                : "<iframe sandbox title=\"" + escaped(mail.subject()) + "\" srcdoc=\"" + escaped(mail.html())
                        + "\"></iframe>";
        return "<article><header><h2>" + escaped(mail.subject()) + "</h2><p>To " + escaped(mail.to()) + " from "
                + escaped(mail.from()) + ", "
                + mail.receivedAt().truncatedTo(ChronoUnit.SECONDS) + "</p></header>" + body
                + "</article>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            // Another site's page that got here by a name of its own is answered nothing.
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            boolean ours = Set.of("127.0.0.1", "localhost").contains(host.split(":")[0]);
            byte[] bytes = (ours ? text : "unknown host").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", ours ? type : "text/plain");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(ours ? status : 421, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
