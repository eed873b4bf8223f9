package io.rateguard.proxy.journal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one journal, named by its id: {@code *.segment} files in the order of the number inside them,
 * {@code carried-<n>} with the open records of all segments before number n, and {@code acknowledged}.
 */
final class JournalFolder {

    /** A volume may hold folders of its own, such as lost+found. */
    private static final Pattern JOURNAL_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String SEGMENT = ".segment";
    private static final String CARRIED = "carried-";
    private static final String UNFINISHED = ".new";
    private static final String REMOVED = ".removed";

    private final UUID journal;
    private final Path path;
    private int files;

    private JournalFolder(UUID journal, Path path) {
        this.journal = journal;
        this.path = path;
    }

    static JournalFolder create(Path parent, UUID journal) throws IOException {
        Path path = parent.resolve(journal.toString());
        createPrivate(path);
        return new JournalFolder(journal, path);
    }

    /** The folders that earlier runs left; what they had begun to remove is gone afterwards. */
    static List<JournalFolder> left(Path parent) throws IOException {
        List<JournalFolder> left = new ArrayList<>();
        for (Path each : list(parent)) {
            String name = each.getFileName().toString();
            if (name.endsWith(REMOVED)) {
                deleteAll(each);
            } else if (JOURNAL_ID.matcher(name).matches()) {
                left.add(new JournalFolder(UUID.fromString(name), each));
            }
        }
        return left;
    }

    static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    UUID journal() {
        return journal;
    }

    Path acknowledged() {
        return path.resolve("acknowledged");
    }

    synchronized Path newSegment() {
        return path.resolve(String.format(Locale.ROOT, "%08d%s", ++files, SEGMENT));
    }

    /** Everything an earlier run wrote into segments, in order; files it never used are gone afterwards. */
    List<MappedSegment> openSegments() throws IOException {
        List<MappedSegment> segments = new ArrayList<>();
        for (Path each : list(path)) {
            String name = each.getFileName().toString();
            if (name.endsWith(UNFINISHED)) {
                Files.delete(each);
            } else if (name.endsWith(SEGMENT)) {
                files = Math.max(files, Integer.parseInt(name.substring(0, name.length() - SEGMENT.length())));
                MappedSegment segment = MappedSegment.open(each);
                if (segment.belongsTo(journal) && segment.number() > 0) {
                    segments.add(segment);
                } else {
                    segment.delete();
                }
            }
        }
        segments.sort(Comparator.comparingLong(Segment::number));
        return segments;
    }

    /** The newest file of carried records. */
    @Nullable
    MappedSegment openCarried() throws IOException {
        MappedSegment newest = null;
        for (Path each : list(path)) {
            if (isCarried(each)) {
                MappedSegment carried = MappedSegment.open(each);
                if (newest == null || carried.number() > newest.number()) {
                    newest = carried;
                }
            }
        }
        return newest;
    }

    void writeCarried(long number, Collection<JournalRecord> records) throws IOException {
        Path carried = path.resolve(CARRIED + number);
        write(carried, number, records);
        for (Path each : list(path)) {
            if (isCarried(each) && !each.equals(carried)) {
                Files.delete(each);
            }
        }
    }

    void deleteCarried() throws IOException {
        for (Path each : list(path)) {
            if (isCarried(each)) {
                Files.delete(each);
            }
        }
    }

    /** Writes a segment that is whole and on disk, or not there at all. */
    MappedSegment writeSegment(long number, Collection<JournalRecord> records) throws IOException {
        Path segment = newSegment();
        write(segment, number, records);
        return MappedSegment.open(segment);
    }

    /** Brings what an earlier run wrote onto the disk, before anything is concluded from it. */
    void force(Collection<MappedSegment> segments) throws IOException {
        for (MappedSegment each : segments) {
            try (FileChannel channel = FileChannel.open(each.file(), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    void remove() throws IOException {
        Path removed = path.resolveSibling(journal + REMOVED);
        Files.move(path, removed, StandardCopyOption.ATOMIC_MOVE);
        deleteAll(removed);
    }

    private void write(Path file, long number, Collection<JournalRecord> records) throws IOException {
        long bytes = JournalFormat.SEGMENT_HEADER_BYTES;
        for (JournalRecord each : records) {
            bytes += JournalFormat.aligned(each.bytes());
        }
        OverflowSegment whole = new OverflowSegment(bytes);
        whole.begin(journal, number);
        RecordEncoder encoder = new RecordEncoder();
        for (JournalRecord each : records) {
            encoder.encode(each);
            whole.append(encoder, each.json());
        }
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, whole.memory());
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void writeAll(FileChannel channel, MemorySegment memory) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(memory.toArray(ValueLayout.JAVA_BYTE));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static boolean isCarried(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(CARRIED) && !name.endsWith(UNFINISHED);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        for (Path each : list(directory)) {
            Files.delete(each);
        }
        Files.delete(directory);
    }
}
