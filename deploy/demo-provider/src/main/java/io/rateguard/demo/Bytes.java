package io.rateguard.demo;

import java.util.Arrays;

/** Arrays of bytes put together. */
final class Bytes {

    private Bytes() {}

    static byte[] join(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
