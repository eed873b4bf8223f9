package io.rateguard.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes the management port that was chosen where the launcher looks for it, whole or not at all. */
@Component
class ManagementPortFile {

    private final ConsoleSettings settings;

    ManagementPortFile(ConsoleSettings settings) {
        this.settings = settings;
    }

    @EventListener
    void write(WebServerInitializedEvent event) {
        boolean management = "management".equals(event.getApplicationContext().getServerNamespace());
        if (!management || settings.managementPortFile().isBlank()) {
            return;
        }
        Path file = Path.of(settings.managementPortFile()).toAbsolutePath();
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(unfinished, Integer.toString(event.getWebServer().getPort()));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
