package io.rateguard.standalone;

import io.rateguard.embedded.PostgresAccess;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.Secrets;
import io.rateguard.standalone.part.Errand;
import io.rateguard.standalone.part.Program;
import io.rateguard.standalone.part.ServiceProcess;
import io.rateguard.standalone.sample.SampleWorkspace;
import io.rateguard.standalone.setup.Database;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services of RateGuard, each with the settings it needs and no others. */
final class Services {

    static final String WORKSPACE = "main";
    static final String ADMIN_EMAIL = "admin@rateguard.local";

    /** Everything shares this machine's cores: Redis may have to wait for its turn. */
    private static final String REDIS_DEADLINE = "500ms";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String SMTP_HOST = "RATEGUARD_SMTP_HOST";
    private static final String SIGN_UP = "RATEGUARD_SIGN_UP";
    private static final String CONSOLE_MAIN = "io.rateguard.console.ConsoleMain";

    private final Product product;
    private final DataDir data;
    private final Secrets secrets;
    private final Servers servers;
    private final UpPorts ports;
    private final UpOptions options;
    private final Map<String, String> given;

    /** @param given the environment of {@code up} itself */
    Services(
            Product product,
            DataDir data,
            Secrets secrets,
            Servers servers,
            UpPorts ports,
            UpOptions options,
            Map<String, String> given) {
        this.product = product;
        this.data = data;
        this.secrets = secrets;
        this.servers = servers;
        this.ports = ports;
        this.options = options;
        this.given = Map.copyOf(given);
    }

    Errand migration() {
        Map<String, String> environment = postgres(Database.OWNER, "owner");
        environment.put("RATEGUARD_POSTGRES_APP_PASSWORD", secrets.password("app"));
        environment.put("RATEGUARD_POSTGRES_PROXY_PASSWORD", secrets.password("proxy"));
        environment.put("RATEGUARD_POSTGRES_ALERTS_PASSWORD", secrets.password("alerts"));
        return errand("migrate", environment);
    }

    Errand bootstrap() {
        return bootstrap(WORKSPACE, "Main", secrets.managementToken());
    }

    Errand sampleBootstrap() {
        return bootstrap(SampleWorkspace.SLUG, SampleWorkspace.NAME, secrets.sampleToken());
    }

    /** Sends the history of a job that is written in this file. */
    Errand sampleHistory(Path job) {
        return new Errand(
                "sample-history",
                product.program(
                        "standalone",
                        "io.rateguard.standalone.sample.SampleHistoryMain",
                        Program.small("160m"),
                        List.of(job.toString()),
                        Map.of(
                                "RATEGUARD_REDIS_URL",
                                servers.redisUrl(),
                                "RATEGUARD_KAFKA_BOOTSTRAP",
                                servers.kafkaBootstrap())),
                data);
    }

    private Errand bootstrap(String slug, String name, String token) {
        Map<String, String> environment = postgres(Database.OWNER, "owner");
        environment.put("RATEGUARD_BOOTSTRAP_WORKSPACE", slug + "/" + name);
        environment.put("RATEGUARD_BOOTSTRAP_EMAIL", ADMIN_EMAIL);
        environment.put("RATEGUARD_BOOTSTRAP_PASSWORD", secrets.password("admin"));
        environment.put("RATEGUARD_BOOTSTRAP_TOKEN", token);
        return errand("bootstrap", environment);
    }

    ServiceProcess console() {
        Map<String, String> environment = postgres("rateguard_app", "app");
        environment.put("RATEGUARD_CONSOLE_HOST", LOOPBACK);
        environment.put("RATEGUARD_CONSOLE_PORT", Integer.toString(ports.console()));
        environment.put("RATEGUARD_REDIS_URL", servers.redisUrl());
        environment.putAll(servers.clickhouseSettings());
        putShared(environment, ports.consoleManagement());
        putUpstreamRules(environment);
        // Who reaches it sits at this machine.
        environment.put(SIGN_UP, given.getOrDefault(SIGN_UP, "open"));
        return service("console", CONSOLE_MAIN, Program.small("512m"), environment, ports.consoleManagement());
    }

    ServiceProcess proxy() {
        Map<String, String> environment = postgres("rateguard_proxy", "proxy");
        environment.put("RATEGUARD_POSTGRES_LISTEN_URL", environment.get("RATEGUARD_POSTGRES_URL"));
        environment.put("RATEGUARD_PROXY_HOST", LOOPBACK);
        environment.put("RATEGUARD_PROXY_PORT", Integer.toString(ports.proxy()));
        environment.put("RATEGUARD_REDIS_URL", servers.redisUrl());
        environment.put("RATEGUARD_KAFKA_BOOTSTRAP", servers.kafkaBootstrap());
        environment.put("RATEGUARD_JOURNAL_DIRECTORY", data.resolve("journal").toString());
        environment.put("RATEGUARD_REDIS_DEADLINE", REDIS_DEADLINE);
        putShared(environment, ports.proxyManagement());
        putUpstreamRules(environment);
        return service(
                "proxy", "io.rateguard.proxy.ProxyMain", List.of("-Xmx512m"), environment, ports.proxyManagement());
    }

    ServiceProcess intake() {
        Map<String, String> environment = new HashMap<>(servers.clickhouseSettings());
        environment.put("RATEGUARD_KAFKA_BOOTSTRAP", servers.kafkaBootstrap());
        putShared(environment, ports.intakeManagement());
        environment.remove("RATEGUARD_SECRET_KEY");
        return service(
                "intake",
                "io.rateguard.analytics.intake.IntakeMain",
                Program.small("256m"),
                environment,
                ports.intakeManagement());
    }

    ServiceProcess alerts() {
        Map<String, String> environment = postgres("rateguard_alerts", "alerts");
        environment.putAll(servers.clickhouseSettings());
        environment.put("RATEGUARD_REDIS_URL", servers.redisUrl());
        environment.put("RATEGUARD_KAFKA_BOOTSTRAP", servers.kafkaBootstrap());
        putMailServer(environment);
        putShared(environment, ports.alertsManagement());
        putUpstreamRules(environment);
        return service(
                "alerts",
                "io.rateguard.alerts.AlertsMain",
                Program.small("192m"),
                environment,
                ports.alertsManagement());
    }

    /** Whether mail is taken here, for want of a server to send it through. */
    boolean hasMailbox() {
        return given.getOrDefault(SMTP_HOST, "").isBlank();
    }

    ServiceProcess mailbox() {
        return new ServiceProcess(
                "mailbox",
                product.program(
                        "standalone",
                        "io.rateguard.standalone.mailbox.MailboxMain",
                        with(Program.small("96m"), product.caches().options("mailbox")),
                        List.of(Integer.toString(ports.smtp()), Integer.toString(ports.mail())),
                        Map.of()),
                URI.create(ports.mailUrl() + "/health"),
                product.caches().within(ServiceProcess.READY_WITHIN),
                data);
    }

    ServiceProcess demoProvider() {
        return new ServiceProcess(
                "demo-provider",
                product.program(
                        "standalone",
                        "io.rateguard.demo.DemoProviderMain",
                        with(Program.small("160m"), product.caches().options("demo-provider")),
                        List.of("--port", Integer.toString(ports.demo())),
                        Map.of()),
                URI.create("http://" + LOOPBACK + ":" + ports.demo() + "/health"),
                product.caches().within(ServiceProcess.READY_WITHIN),
                data);
    }

    private Errand errand(String command, Map<String, String> environment) {
        return new Errand(
                command,
                product.program(
                        "console",
                        CONSOLE_MAIN,
                        with(Program.small("192m"), product.caches().options(command)),
                        List.of(command),
                        environment),
                data);
    }

    private ServiceProcess service(
            String name, String mainClass, List<String> jvmOptions, Map<String, String> environment, int management) {
        return new ServiceProcess(
                name,
                product.program(
                        name, mainClass, with(jvmOptions, product.caches().options(name)), List.of(), environment),
                URI.create("http://" + LOOPBACK + ":" + management + "/health/ready"),
                product.caches().within(ServiceProcess.READY_WITHIN),
                data);
    }

    private static List<String> with(List<String> options, List<String> more) {
        return Stream.concat(options.stream(), more.stream()).toList();
    }

    private Map<String, String> postgres(String role, String passwordOf) {
        PostgresAccess access = servers.database(role, secrets.password(passwordOf));
        Map<String, String> environment = new HashMap<>();
        environment.put("RATEGUARD_POSTGRES_URL", access.jdbcUrl());
        environment.put("RATEGUARD_POSTGRES_USER", access.user());
        environment.put("RATEGUARD_POSTGRES_PASSWORD", access.password());
        return environment;
    }

    private void putShared(Map<String, String> environment, int managementPort) {
        environment.put("RATEGUARD_MANAGEMENT_HOST", LOOPBACK);
        environment.put("RATEGUARD_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("RATEGUARD_SECRET_KEY", secrets.secretKey());
        environment.put("RATEGUARD_PUBLIC_PROXY_URL", ports.proxyUrl());
        environment.put("RATEGUARD_PUBLIC_CONSOLE_URL", ports.consoleUrl());
    }

    private void putMailServer(Map<String, String> environment) {
        if (hasMailbox()) {
            environment.put(SMTP_HOST, LOOPBACK);
            environment.put("RATEGUARD_SMTP_PORT", Integer.toString(ports.smtp()));
            environment.put("RATEGUARD_SMTP_TLS", "none");
            environment.put("RATEGUARD_SMTP_FROM", "alerts@rateguard.local");
        } else {
            given.forEach((name, value) -> {
                if (name.startsWith("RATEGUARD_SMTP_")) {
                    environment.put(name, value);
                }
            });
        }
    }

    /** Loopback is open to upstreams, but for the ports of RateGuard's own parts. */
    private void putUpstreamRules(Map<String, String> environment) {
        List<String> allowed = new ArrayList<>(List.of("127.0.0.0/8", "::1/128"));
        allowed.addAll(options.upstreamAllow());
        environment.put("RATEGUARD_UPSTREAM_ALLOW", String.join(",", allowed));
        environment.put(
                "RATEGUARD_UPSTREAM_DENY",
                Stream.concat(servers.ports().stream(), ports.ofServices().stream())
                        .map(port -> LOOPBACK + ":" + port)
                        .collect(Collectors.joining(",")));
    }
}
