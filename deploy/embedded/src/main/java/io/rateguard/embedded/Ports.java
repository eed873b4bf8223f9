package io.rateguard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/**
 * Loopback ports, chosen below the range from which outgoing connections take theirs: a remembered port must still be
 * free when its part starts again. A chosen port is claimed until this JVM ends, so that no other part of RateGuard on
 * this machine chooses it before it is listened on, or while its own part is down for a moment.
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 31_999;
    private static final List<String> REMEMBERED = List.of("port", "controller-port");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    /** Claims a free port. */
    public static int claimFree() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST + 1);
            if (claim(port)) {
                return port;
            }
        }
        throw new EmbeddedPartException("no free port found between " + LOWEST + " and " + HIGHEST);
    }

    /** Claims this port; false when something listens on it or it is claimed already, by this JVM or another. */
    public static boolean claim(int port) {
        return isFree(port) && Claims.take(port);
    }

    /** Claims the ports that the parts of a data dir remember, before others are chosen. */
    public static void claimRemembered(Path dataDir) {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(dataDir, Files::isDirectory)) {
            for (Path part : parts) {
                for (String name : REMEMBERED) {
                    Path file = part.resolve(name);
                    if (Files.exists(file)) {
                        Claims.take(Integer.parseInt(Files.readString(file).strip()));
                    }
                }
            }
        } catch (IOException failure) {
            throw new EmbeddedPartException("cannot read the ports remembered in " + dataDir + ": " + failure, failure);
        }
    }

    /** Whether nothing listens on the port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** One file for all of this user's JVMs: whoever has locked its byte number n has claimed port n. */
    private static final class Claims {

        /** Never closed: the operating system gives the locks up with the JVM, however it ends. */
        private static final FileChannel FILE = open(Cache.ofUser().root().resolve("ports.lock"));

        static boolean take(int port) {
            try {
                return FILE.tryLock(port, 1, false) != null;
            } catch (OverlappingFileLockException ofThisJvm) {
                return false;
            } catch (IOException failure) {
                throw new EmbeddedPartException("port " + port + " cannot be claimed: " + failure, failure);
            }
        }

        private static FileChannel open(Path file) {
            try {
                Files.createDirectories(file.getParent());
                return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot keep the claims on ports in " + file, failure);
            }
        }
    }
}
