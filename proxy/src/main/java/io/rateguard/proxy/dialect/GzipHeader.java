package io.rateguard.proxy.dialect;

/** Reads over the header of a gzip member (RFC 1952), byte by byte. */
final class GzipHeader {

    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    enum Progress {
        MORE,
        COMPLETE,
        BROKEN
    }

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        NONE
    }

    private Part part = Part.FIXED;
    private int read;
    private int flags;
    private int extraLength;

    Progress accept(byte b) {
        int value = b & 0xff;
        int index = read++;
        switch (part) {
            case FIXED -> {
                boolean fits = switch (index) {
                    case 0 -> value == 0x1f;
                    case 1 -> value == 0x8b;
                    case 2 -> value == 8;
                    case 3 -> (value & RESERVED) == 0;
                    default -> true;
                };
                if (!fits) {
                    return Progress.BROKEN;
                }
                flags = index == 3 ? value : flags;
                if (index == 9) {
                    enter(Part.EXTRA_LENGTH);
                }
            }
            case EXTRA_LENGTH -> {
                extraLength |= value << 8 * index;
                if (index == 1) {
                    enter(extraLength == 0 ? Part.NAME : Part.EXTRA);
                }
            }
            case EXTRA -> {
                if (read == extraLength) {
                    enter(Part.NAME);
                }
            }
            case NAME -> {
                if (value == 0) {
                    enter(Part.COMMENT);
                }
            }
            case COMMENT -> {
                if (value == 0) {
                    enter(Part.CHECKSUM);
                }
            }
            case CHECKSUM -> {
                if (index == 1) {
                    enter(Part.NONE);
                }
            }
            case NONE -> {}
        }
        return part == Part.NONE ? Progress.COMPLETE : Progress.MORE;
    }

    /** Enters this part, or the next one that the flags announce. */
    private void enter(Part next) {
        read = 0;
        part = next;
        boolean present = switch (next) {
            case EXTRA_LENGTH -> (flags & HAS_EXTRA) != 0;
            case NAME -> (flags & HAS_NAME) != 0;
            case COMMENT -> (flags & HAS_COMMENT) != 0;
            case CHECKSUM -> (flags & HAS_CHECKSUM) != 0;
            case FIXED, EXTRA, NONE -> true;
        };
        if (!present) {
            enter(
                    switch (next) {
                        case EXTRA_LENGTH -> Part.NAME;
                        case NAME -> Part.COMMENT;
                        case COMMENT -> Part.CHECKSUM;
                        case CHECKSUM, FIXED, EXTRA, NONE -> Part.NONE;
                    });
        }
    }
}
