package io.rateguard.embedded.clickhouse;

import com.clickhouse.data.ClickHouseCityHash;
import com.github.luben.zstd.Zstd;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;

/**
 * Reads ClickHouse's compressed blocks: a checksum of 16 bytes, the method, the size with this header, the size of the
 * content, the content.
 */
final class CompressedInput extends InputStream {

    private static final int CHECKSUM_BYTES = 16;
    private static final int HEADER_BYTES = 9;
    private static final int LARGEST_BLOCK_BYTES = 64 << 20;
    private static final byte LZ4 = (byte) 0x82;
    private static final byte ZSTD = (byte) 0x90;
    private static final byte NONE = 0x02;

    private final InputStream in;
    private final LZ4FastDecompressor lz4 = LZ4Factory.fastestInstance().fastDecompressor();
    private byte[] block = new byte[0];
    private int next;

    CompressedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        while (next == block.length) {
            byte[] checksum = in.readNBytes(CHECKSUM_BYTES);
            if (checksum.length == 0) {
                return -1;
            }
            block = readBlock(checksum);
            next = 0;
        }
        int copied = Math.min(count, block.length - next);
        System.arraycopy(block, next, target, offset, copied);
        next += copied;
        return copied;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] readBlock(byte[] checksum) throws IOException {
        byte[] header = whole(HEADER_BYTES);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        byte method = fields.get();
        int packedSize = fields.getInt();
        int size = fields.getInt();
        if (packedSize < HEADER_BYTES || packedSize > LARGEST_BLOCK_BYTES || size < 0 || size > LARGEST_BLOCK_BYTES) {
            throw new IOException("compressed block of " + packedSize + " bytes for " + size + " (expected: at most "
                    + LARGEST_BLOCK_BYTES + ")");
        }
        byte[] packed = new byte[packedSize];
        System.arraycopy(header, 0, packed, 0, HEADER_BYTES);
        System.arraycopy(whole(packedSize - HEADER_BYTES), 0, packed, HEADER_BYTES, packedSize - HEADER_BYTES);
        verify(checksum, packed);
        return unpack(method, packed, size);
    }

    private byte[] unpack(byte method, byte[] packed, int size) throws IOException {
        byte[] unpacked = new byte[size];
        switch (method) {
            case LZ4 -> lz4.decompress(packed, HEADER_BYTES, unpacked, 0, size);
            case ZSTD -> {
                long count =
                        Zstd.decompressByteArray(unpacked, 0, size, packed, HEADER_BYTES, packed.length - HEADER_BYTES);
                if (Zstd.isError(count) || count != size) {
                    throw new IOException("damaged ZSTD block");
                }
            }
            case NONE -> System.arraycopy(packed, HEADER_BYTES, unpacked, 0, size);
            default -> throw new IOException("compression method " + method + " (expected: LZ4, ZSTD or none)");
        }
        return unpacked;
    }

    @SuppressWarnings("deprecation") // ClickHouse has a CityHash of its own; this is the only one in Java
    private static void verify(byte[] checksum, byte[] packed) throws IOException {
        ByteBuffer expected = ByteBuffer.wrap(checksum).order(ByteOrder.LITTLE_ENDIAN);
        long[] actual = ClickHouseCityHash.cityHash128(packed, 0, packed.length);
        if (expected.getLong() != actual[0] || expected.getLong() != actual[1]) {
            throw new IOException("compressed block does not match its checksum");
        }
    }

    private byte[] whole(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("compressed block ends after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }
}
