package io.rateguard.drills;

import io.rateguard.bed.Service.Program;
import java.nio.file.Path;

/** The services, unpacked as they run in the product. */
public record Programs(Path folder) {

    public Program proxy() {
        return program("proxy", "io.rateguard.proxy.ProxyMain");
    }

    public Program intake() {
        return program("intake", "io.rateguard.analytics.intake.IntakeMain");
    }

    public Program alerts() {
        return program("alerts", "io.rateguard.alerts.AlertsMain");
    }

    private Program program(String name, String mainClass) {
        return new Program(folder.resolve(name).resolve(name + ".jar").toAbsolutePath(), mainClass);
    }
}
