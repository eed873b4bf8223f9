package io.rateguard.domain.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides which addresses may be connected to on behalf of a workspace: public ones, and those that the operator
 * allowed. To be asked about the address that is connected to, after names are resolved.
 */
public final class AddressGuard {

    private static final List<AddressRange> FORBIDDEN = List.of(
            AddressRange.parse("0.0.0.0/8"),
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("100.64.0.0/10"),
            AddressRange.parse("127.0.0.0/8"),
            // The platform address of one cloud: public by its number, metadata by what it answers.
            AddressRange.parse("168.63.129.16"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.0.0.0/24"),
            AddressRange.parse("192.0.2.0/24"),
            AddressRange.parse("192.88.99.0/24"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("198.18.0.0/15"),
            AddressRange.parse("198.51.100.0/24"),
            AddressRange.parse("203.0.113.0/24"),
            AddressRange.parse("224.0.0.0/3"),
            AddressRange.parse("::/96"),
            AddressRange.parse("64:ff9b::/96"),
            AddressRange.parse("64:ff9b:1::/48"),
            AddressRange.parse("100::/64"),
            AddressRange.parse("2001::/23"),
            AddressRange.parse("2001:db8::/32"),
            AddressRange.parse("2002::/16"),
            AddressRange.parse("3fff::/20"),
            AddressRange.parse("fc00::/7"),
            AddressRange.parse("fe80::/10"),
            AddressRange.parse("fec0::/10"),
            AddressRange.parse("ff00::/8"));

    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;

    /**
     * @param allowed opened although private
     * @param denied closed whatever else is allowed, such as RateGuard's own ports
     */
    public AddressGuard(List<AddressRange> allowed, List<AddressRange> denied) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    /** Why this address must not be connected to, or nothing when it may be. */
    public Optional<String> objection(InetSocketAddress address) {
        if (address.getAddress() == null) {
            return Optional.of(address.getHostString() + ": not resolved");
        }
        if (matches(denied, address)) {
            return Optional.of(describe(address) + ": one of RateGuard's own ports");
        }
        if (isForbidden(address.getAddress()) && !matches(allowed, address)) {
            return Optional.of(describe(address)
                    + ": a private, local or reserved address (RATEGUARD_UPSTREAM_ALLOW can open it)");
        }
        return Optional.empty();
    }

    private static boolean isForbidden(InetAddress address) {
        return FORBIDDEN.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean matches(List<AddressRange> ranges, InetSocketAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String describe(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
