package io.rateguard.domain.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A block of IP addresses, {@code 10.0.0.0/8} or a single address, optionally one port of it: {@code 127.0.0.1:8080},
 * {@code [::1]:8080}; port 0 stands for every port. An IPv4 address that is mapped into IPv6 counts as the IPv4
 * address that it is.
 */
public record AddressRange(InetAddress base, int prefixBits, int port) {

    private static final int ANY_PORT = 0;
    private static final int IPV4_BYTES = 4;
    private static final int MAPPED_BYTES = 12;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    public AddressRange {
        int bits = base.getAddress().length * 8;
        if (prefixBits < 0 || prefixBits > bits || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("address block: " + base.getHostAddress() + "/" + prefixBits + " port "
                    + port + " (expected: at most " + bits + " bits and port 65535)");
        }
        if (isMapped(base.getAddress()) && prefixBits >= MAPPED_BYTES * 8) {
            base = ofBytes(plain(base));
            prefixBits -= MAPPED_BYTES * 8;
        }
    }

    /** @throws IllegalArgumentException naming the text and what was expected; names are not looked up */
    public static AddressRange parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return new AddressRange(literal(text.substring(0, slash)), number(text.substring(slash + 1)), ANY_PORT);
            }
            if (text.startsWith("[")) {
                int end = text.indexOf("]:");
                return single(literal(text.substring(1, end)), port(text.substring(end + 2)));
            }
            int colon = text.indexOf(':');
            if (colon >= 0 && colon == text.lastIndexOf(':')) {
                return single(literal(text.substring(0, colon)), port(text.substring(colon + 1)));
            }
            return single(literal(text), ANY_PORT);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException(
                    "address: " + text + " (expected: an IP block such as 10.0.0.0/8, or an IP address and port)",
                    malformed);
        }
    }

    /** Of a block or address that may name no port. */
    public static AddressRange parseBlock(String text) {
        AddressRange range = parse(text);
        if (range.port != ANY_PORT) {
            throw new IllegalArgumentException("address: " + text + " (expected: no port)");
        }
        return range;
    }

    public boolean contains(InetSocketAddress address) {
        return (port == ANY_PORT || port == address.getPort())
                && address.getAddress() != null
                && contains(address.getAddress());
    }

    /** Whatever the port. */
    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = plain(address);
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >>> (bit & 7);
            if ((mine[bit >>> 3] & mask) != (other[bit >>> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        boolean single = prefixBits == base.getAddress().length * 8;
        String block = base.getHostAddress() + (single ? "" : "/" + prefixBits);
        if (port == ANY_PORT) {
            return block;
        }
        return (base.getAddress().length == IPV4_BYTES ? block : "[" + block + "]") + ":" + port;
    }

    private static AddressRange single(InetAddress address, int port) {
        return new AddressRange(address, address.getAddress().length * 8, port);
    }

    private static InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return InetAddress.ofLiteral(text);
    }

    /** An {@link java.net.Inet6Address} can hold a mapped address when it was made from bytes. */
    private static byte[] plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_BYTES, bytes.length) : bytes;
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length == IPV4_BYTES || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 bytes are an address", impossible);
        }
    }

    private static int port(String digits) {
        int port = number(digits);
        if (port < 1) {
            throw new IllegalArgumentException(digits);
        }
        return port;
    }

    private static int number(String digits) {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(digits);
        }
        return Integer.parseInt(digits);
    }
}
