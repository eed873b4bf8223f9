package io.rateguard.domain.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AddressGuard STRICT = new AddressGuard(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255"
            })
    void keepsAwayFromPrivateAndMetadataAddressesHoweverTheyAreWritten(String address) throws Exception {
        InetAddress plain = InetAddress.ofLiteral(address);

        assertThat(STRICT.objection(at(plain))).isPresent();
        assertThat(STRICT.objection(at(inIpv6(plain, "::ffff:0:0")))).isPresent();
        assertThat(STRICT.objection(at(inIpv6(plain, "::")))).isPresent();
        assertThat(STRICT.objection(at(inIpv6(plain, "64:ff9b::")))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1"
            })
    void keepsAwayFromReservedIpv6Addresses(String address) {
        assertThat(STRICT.objection(at(InetAddress.ofLiteral(address)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2a00:1450::1"
            })
    void letsPublicAddressesPass(String address) {
        assertThat(STRICT.objection(at(InetAddress.ofLiteral(address)))).isEmpty();
    }

    @Test
    void seesThroughMappedAddresses() throws Exception {
        InetAddress mapped = inIpv6(InetAddress.ofLiteral("127.0.0.1"), "::ffff:0:0");

        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(STRICT.objection(at(mapped))).isPresent();
        assertThat(guard("127.0.0.0/8", "127.0.0.1:443").objection(at(mapped))).isPresent();
        assertThat(guard("127.0.0.0/8", "127.0.0.1:444").objection(at(mapped))).isEmpty();
        assertThat(new AddressRange(mapped, 128, 0)).isEqualTo(AddressRange.parse("127.0.0.1"));
        assertThat(STRICT.objection(at(inIpv6(InetAddress.ofLiteral("1.1.1.1"), "::ffff:0:0"))))
                .isEmpty();
    }

    @Test
    void opensWhatTheOperatorAllows() {
        AddressGuard guard = guard("10.1.0.0/16", null);

        assertThat(guard.objection(at(InetAddress.ofLiteral("10.1.2.3")))).isEmpty();
        assertThat(guard.objection(at(InetAddress.ofLiteral("10.2.2.3"))))
                .hasValue("10.2.2.3:443: a private, local or reserved address (RATEGUARD_UPSTREAM_ALLOW can open it)");
    }

    @Test
    void opensOnePortAlone() {
        AddressGuard guard = new AddressGuard(
                Stream.of("127.0.0.1:8080", "[::1]:8080")
                        .map(AddressRange::parse)
                        .toList(),
                List.of());

        assertThat(guard.objection(new InetSocketAddress("127.0.0.1", 8080))).isEmpty();
        assertThat(guard.objection(new InetSocketAddress("::1", 8080))).isEmpty();
        assertThat(guard.objection(new InetSocketAddress("127.0.0.1", 8081))).isPresent();
        assertThat(guard.objection(new InetSocketAddress("127.0.0.2", 8080))).isPresent();
    }

    @Test
    void deniesMoreThanItAllows() {
        AddressGuard guard = guard("127.0.0.0/8", "127.0.0.1:443");

        assertThat(guard.objection(at(InetAddress.ofLiteral("127.0.0.1"))))
                .hasValue("127.0.0.1:443: one of RateGuard's own ports");
        assertThat(guard.objection(new InetSocketAddress("127.0.0.1", 80))).isEmpty();
    }

    @Test
    void objectsToANameThatIsNotResolved() {
        assertThat(STRICT.objection(InetSocketAddress.createUnresolved("example.org", 443)))
                .hasValue("example.org: not resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "10.1.2.3", "127.0.0.1:8080", "fd00:0:0:0:0:0:0:0/8", "[0:0:0:0:0:0:0:1]:80"})
    void isWrittenAsItIsRead(String text) {
        assertThat(AddressRange.parse(text)).hasToString(text);
        assertThat(AddressRange.parse(AddressRange.parse(text).toString())).isEqualTo(AddressRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "cafe",
                "cafe:80",
                "dead.beef",
                "10/8",
                "10.0/8",
                "127.1",
                "1",
                "256.0.0.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/+8",
                "::/129",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:+80",
                "[::1]",
                "[::1]80",
                "[::1",
                "fe80::1%lo",
                ":",
                "1:2"
            })
    void namesWhatIsNoAddressWithoutLookingItUp(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessage(
                        "address: " + text + " (expected: an IP block such as 10.0.0.0/8, or an IP address and port)");
    }

    private static AddressGuard guard(String allowed, String denied) {
        return new AddressGuard(
                List.of(AddressRange.parse(allowed)), denied == null ? List.of() : List.of(AddressRange.parse(denied)));
    }

    private static InetSocketAddress at(InetAddress address) {
        return new InetSocketAddress(address, 443);
    }

    /** The address in the last four bytes of an IPv6 one, as a socket may hand it over. */
    private static InetAddress inIpv6(InetAddress ipv4, String prefix) throws UnknownHostException {
        byte[] bytes = new byte[16];
        if (prefix.startsWith("64:")) {
            System.arraycopy(InetAddress.ofLiteral(prefix).getAddress(), 0, bytes, 0, 12);
        } else if (prefix.startsWith("::ffff")) {
            bytes[10] = -1;
            bytes[11] = -1;
        }
        System.arraycopy(ipv4.getAddress(), 0, bytes, 12, 4);
        return Inet6Address.getByAddress(null, bytes, -1);
    }
}
