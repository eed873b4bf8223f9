package io.rateguard.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL with password login over loopback TCP; the access it gives is the superuser's. */
public final class EmbeddedPostgres extends EmbeddedPart {

    /** Fast shutdown: clients are disconnected, everything is written out. */
    static final String STOP_SIGNAL = "INT";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String USER = "rateguard";

    private final String password;

    private EmbeddedPostgres(Settings settings) {
        super("postgres", settings);
        password = dir.password(settings.password());
    }

    /** Takes the folder and settles the ports, so that its address is known; starts nothing yet. */
    public static EmbeddedPostgres in(Settings settings) {
        return new EmbeddedPostgres(settings);
    }

    /** Starts PostgreSQL on its data, which is created at the first start; returns when it answers. */
    public static EmbeddedPostgres start(Settings settings) {
        EmbeddedPostgres postgres = in(settings);
        postgres.startOrRelease();
        return postgres;
    }

    /** Access to the database {@code postgres}, which always exists. */
    public PostgresAccess access() {
        return new PostgresAccess("127.0.0.1", port, "postgres", USER, password);
    }

    @Override
    void prepare() throws IOException {
        Path data = dir.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(data);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    @Override
    List<String> command() throws IOException {
        List<String> command =
                inUserNamespace(binary("postgres"), "-D", dir.resolve("data").toString());
        command.addAll(List.of("-p", Integer.toString(port), "-h", "127.0.0.1", "-k", ""));
        setting(command, "max_connections=300");
        setting(command, "timezone=UTC");
        setting(command, "log_timezone=UTC");
        setting(command, "password_encryption=scram-sha-256");
        setting(command, "fsync=" + onOff(settings.durable()));
        setting(command, "synchronous_commit=" + onOff(settings.durable()));
        setting(command, "full_page_writes=" + onOff(settings.durable()));
        return command;
    }

    @Override
    Map<String, String> environment() {
        return Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC");
    }

    @Override
    boolean isReady() {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "10");
        try (Connection connection = DriverManager.getConnection(access().jdbcUrl(), login)) {
            return connection.isValid(5);
        } catch (SQLException failure) {
            if ("28P01".equals(failure.getSQLState())) {
                kill();
                throw new EmbeddedPartException("postgres: the password does not fit the data in " + dir.path()
                        + " (it was created with another)");
            }
            return false;
        }
    }

    @Override
    String stopSignal() {
        return STOP_SIGNAL;
    }

    private void initialise(Path data) throws IOException {
        Cache.deleteTree(data);
        Path fresh = dir.resolve("data.new");
        Cache.deleteTree(fresh);
        dir.write("first-password", password);
        try {
            List<String> command = inUserNamespace(binary("initdb"), "-D", fresh.toString());
            command.addAll(
                    List.of("--username=" + USER, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"));
            command.add("--pwfile=" + dir.resolve("first-password"));
            command.add("--no-instructions");
            if (!settings.durable()) {
                command.add("--no-sync");
            }
            run(command);
            Files.move(fresh, data);
        } finally {
            Files.deleteIfExists(dir.resolve("first-password"));
        }
    }

    private void run(List<String> command) throws IOException {
        Path output = dir.resolve("initdb.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new EmbeddedPartException("postgres: initdb takes longer than 2 minutes; see " + output);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new EmbeddedPartException("postgres: interrupted during initdb", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new EmbeddedPartException("postgres: initdb ended with status %s:%n%s"
                    .formatted(process.exitValue(), Files.readString(output).strip()));
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody. */
    private static List<String> inUserNamespace(String... command) {
        List<String> whole = new ArrayList<>();
        if (Platform.isRoot()) {
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static void setting(List<String> command, String assignment) {
        command.add("-c");
        command.add(assignment);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String binary(String name) throws IOException {
        Cache.Resource archive = Cache.Resource.of(ARCHIVE);
        return Cache.ofUser()
                .folder("postgres-" + archive.shortDigest(), folder -> unpack(archive.bytes(), folder))
                .resolve("bin")
                .resolve(name)
                .toString();
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("archive entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    target.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
                }
            }
        }
    }
}
