package io.rateguard.standalone.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells a product on one JVM from another product, or the same on another JVM. The JVM itself compares sizes and times of
 * jars, but the build gives each jar the same time; what tells here is the check sum of each file within each jar.
 */
final class Fingerprint {

    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int END_SIGNATURE = 0x0605_4b50;
    private static final int DIRECTORY_SIZE_AT = 12;
    private static final int DIRECTORY_OFFSET_AT = 16;

    private Fingerprint() {}

    /** Of all jars in the folder and of the JVM that runs this. */
    static String of(Path product) throws IOException {
        return of(product, System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
    }

    static String of(Path product, String jvm) throws IOException {
        MessageDigest digest = sha256();
        digest.update(jvm.getBytes(StandardCharsets.UTF_8));
        for (Path jar : jars(product)) {
            digest.update(("\n" + product.relativize(jar) + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(directory(jar));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> jars(Path product) throws IOException {
        try (Stream<Path> files = Files.walk(product)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The list of its files at the end of a jar, with a check sum of each; all of a file that has no such list. */
    private static ByteBuffer directory(Path jar) throws IOException {
        try (FileChannel file = FileChannel.open(jar)) {
            long size = file.size();
            long tailAt = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
            ByteBuffer tail = read(file, tailAt, size - tailAt);
            for (int end = tail.limit() - END_BYTES; end >= 0; end--) {
                if (tail.getInt(end) == END_SIGNATURE) {
                    long length = Integer.toUnsignedLong(tail.getInt(end + DIRECTORY_SIZE_AT));
                    long offset = Integer.toUnsignedLong(tail.getInt(end + DIRECTORY_OFFSET_AT));
                    if (offset + length <= size) {
                        return read(file, offset, length);
                    }
                }
            }
            return read(file, 0, size);
        }
    }

    private static ByteBuffer read(FileChannel file, long offset, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException("a jar became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
