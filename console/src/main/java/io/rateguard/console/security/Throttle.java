package io.rateguard.console.security;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts attempts at doors: after so many, a door stays shut for the rest of a quarter of an hour. The database counts, so
 * that it does not matter which console is asked, nor how many at once.
 */
@Component
class Throttle {

    private static final Logger log = LoggerFactory.getLogger(Throttle.class);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int NETWORK_BYTES_OF_IPV6 = 8;
    private static final int BYTES_OF_IPV6 = 16;

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Throttle(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Counts an attempt at each of the doors; where one is shut, none is counted and the answer is false. */
    boolean enter(List<Door> doors) {
        return at(doors, hashes -> {
            Map<String, Integer> counts = count(hashes);
            sweep();
            if (doors.stream().anyMatch(door -> counts.getOrDefault(door.hash(), 0) > door.most())) {
                subtractOne(hashes);
                return false;
            }
            doors.stream()
                    .filter(door -> counts.getOrDefault(door.hash(), 0) == door.most())
                    .forEach(door -> log.warn("{}: the last of {} attempts", door.name(), door.most()));
            return true;
        });
    }

    /** As if the last attempt had not been. */
    void takeBack(List<Door> doors) {
        at(doors, this::subtractOne);
    }

    /** As if there had been no attempt at all. */
    void forget(Door door) {
        at(
                List.of(door),
                hashes -> jdbc.sql("delete from attempts where door = any (:doors)")
                        .param("doors", hashes)
                        .update());
    }

    /** Whoever has one IPv6 address has all of its network. */
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == BYTES_OF_IPV6
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES_OF_IPV6)) + "/64"
                    : address;
        } catch (IllegalArgumentException unusual) {
            return address;
        }
    }

    private <T> T at(List<Door> doors, Function<String[], T> work) {
        String[] hashes = doors.stream().map(Door::hash).toArray(String[]::new);
        return tenancy.at(hashes, () -> work.apply(hashes));
    }

    /** In order, as all who stand at several doors, so that none waits for another for ever. */
    private Map<String, Integer> count(String[] hashes) {
        return jdbc
                .sql("""
                        insert into attempts as a (door) select door from unnest(:doors) door order by door
                        on conflict (door) do update set
                          count = case when a.since < now() - make_interval(secs => :window) then 1 else a.count + 1 end,
                          since = case when a.since < now() - make_interval(secs => :window) then now() else a.since end
                        returning door, count""")
                .param("doors", hashes)
                .param("window", WINDOW.toSeconds())
                .query((row, number) -> Map.entry(row.getString("door"), row.getInt("count")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private int subtractOne(String[] hashes) {
        return jdbc.sql("""
                        with met as (select id from attempts where door = any (:doors) order by door for update)
                        update attempts a set count = a.count - 1 from met where a.id = met.id and a.count > 0""").param("doors", hashes).update();
    }

    /** Waits for nobody, and comes last: who waits for what it removes is waited for by nobody. */
    private void sweep() {
        jdbc.sql("""
                        delete from attempts where id in (
                          select id from attempts where since < now() - interval '1 hour'
                          order by since limit 1000 for update skip locked)""").update();
    }

    /** @param most attempts at it in each quarter of an hour */
    record Door(String name, int most) {

        String hash() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every JDK has SHA-256", missing);
            }
        }
    }
}
