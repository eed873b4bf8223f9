package io.rateguard.console.security;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * What a page may load and run: files of ours, and of the scripts within it those that the server has marked for this one answer.
 * Vaadin makes functions of what the server tells it to do, so that eval stays open; styles within the page carry no code.
 */
@Component
class ContentPolicy implements VaadinServiceInitListener {

    static final String HEADER = "Content-Security-Policy";

    /** For whatever is no page of ours: nothing within it runs. */
    static final String WITHOUT_SCRIPTS = policy("'self' 'unsafe-eval'");

    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    private static String policy(String scripts) {
        return String.join(
                "; ",
                "default-src 'self'",
                "script-src " + scripts,
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data:",
                "font-src 'self' data:",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    @Override
    public void serviceInit(ServiceInitEvent service) {
        service.addIndexHtmlRequestListener(this::mark);
    }

    private void mark(IndexHtmlResponse page) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        page.getDocument().getElementsByTag("script").attr("nonce", nonce);
        page.getVaadinResponse().setHeader(HEADER, policy("'self' 'unsafe-eval' 'nonce-" + nonce + "'"));
    }
}
