package io.rateguard.standalone.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The AOT caches of a product, one file for each part that is a JVM: classes that are read, checked and linked already. */
public final class StartCaches {

    /** The folder of the caches, in the product's. */
    static final String FOLDER = "aot";

    /** Says for which product and JVM a training has ended: the caches beside it are whole, and of no use to others. */
    static final String MADE_FOR = "made-for";

    private static final Logger log = LoggerFactory.getLogger(StartCaches.class);

    /** A damaged cache is known by its check sums; one that cannot be used is passed over without a word. */
    private static final List<String> SAFELY = List.of("-XX:+VerifySharedSpaces", "-Xlog:aot*=off", "-Xlog:cds*=off");

    private static final int RECORDING_TAKES = 20;

    private final Path folder;
    private final Use use;

    private StartCaches(Path folder, Use use) {
        this.folder = folder;
        this.use = use;
    }

    /** Those that the last training of this product has left, where they fit it. */
    public static StartCaches of(Path product) {
        Path folder = product.resolve(FOLDER);
        try {
            if (madeFor(folder).equals(Fingerprint.of(product))) {
                return new StartCaches(folder, Use.READ);
            }
            log.debug("no AOT caches in {} are made for this product and JVM", folder);
        } catch (IOException | RuntimeException unreadable) {
            log.debug("the AOT caches in {} cannot be used: {}", folder, unreadable.toString());
        }
        return new StartCaches(folder, Use.NONE);
    }

    /** Those that this run is to make. */
    public static StartCaches recordedIn(Path folder) {
        return new StartCaches(folder, Use.RECORD);
    }

    /** Whether a training of this very product has ended, on this JVM. */
    public boolean fit() {
        return use == Use.READ;
    }

    /** What the JVM of this part is told; nothing where there is no cache for it. */
    public List<String> options(String part) {
        Path cache = folder.resolve(part + ".aot");
        if (use == Use.RECORD) {
            return List.of("-XX:AOTCacheOutput=" + cache);
        }
        if (use == Use.NONE || !Files.isReadable(cache)) {
            return List.of();
        }
        List<String> options = new ArrayList<>(SAFELY);
        options.add("-XX:AOTCache=" + cache);
        return options;
    }

    /** How long a JVM may take to start or to end: one that records is slow at both, and slower on a busy machine. */
    public Duration within(Duration usual) {
        return use == Use.RECORD ? usual.multipliedBy(RECORDING_TAKES) : usual;
    }

    private static String madeFor(Path folder) throws IOException {
        Path mark = folder.resolve(MADE_FOR);
        return Files.exists(mark) ? Files.readString(mark).strip() : "";
    }

    private enum Use {
        NONE,
        READ,
        RECORD
    }
}
