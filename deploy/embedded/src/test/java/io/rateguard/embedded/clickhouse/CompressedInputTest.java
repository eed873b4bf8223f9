package io.rateguard.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.data.stream.Lz4OutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressedInputTest {

    private final byte[] content = content();

    @Test
    void givesBackWhatWasCompressedInSeveralBlocks() throws Exception {
        assertThat(unpacked(packed())).isEqualTo(content);
    }

    @Test
    void noticesADamagedBlock() throws Exception {
        byte[] packed = packed();
        packed[100] ^= 1;

        assertThatThrownBy(() -> unpacked(packed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void noticesABlockThatEndsEarly() throws Exception {
        byte[] packed = packed();

        assertThatThrownBy(() -> unpacked(Arrays.copyOf(packed, packed.length - 1)))
                .isInstanceOf(EOFException.class);
    }

    private byte[] packed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new Lz4OutputStream(packed, 1_000, null)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (CompressedInput in = new CompressedInput(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] content() {
        byte[] bytes = new byte[10_000];
        new Random(7).nextBytes(bytes);
        Arrays.fill(bytes, 2_000, 8_000, (byte) 'a');
        return bytes;
    }
}
