package io.rateguard.drills.store;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.drills.ground.Chat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Callers that go on until they are stopped, of each key at each proxy. */
final class Traffic implements AutoCloseable {

    private static final int CALLERS_OF_EACH = 3;
    private static final int LONGEST_PAUSE_NANOS = 100_000_000;
    private static final int MAX_TOKENS = 100;
    private static final long NEVER = Long.MAX_VALUE;

    /** Passed, refused by the limit, and refused for want of Redis. */
    private static final Set<Integer> EXPECTED = Set.of(200, 429, 503);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Caller, Integer> last = new ConcurrentHashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    private record Caller(Service proxy, Database.Key key, int number) {}

    /** @param exact whether Redis decided, and no failure policy */
    private record Answer(Caller caller, long sentAtMillis, long answeredAtMillis, boolean exact) {}

    Traffic(List<Service> proxies, List<Database.Key> keys, long seed) {
        Random seeds = new Random(seed);
        for (Service proxy : proxies) {
            for (Database.Key key : keys) {
                for (int i = 0; i < CALLERS_OF_EACH; i++) {
                    Caller caller = new Caller(proxy, key, i);
                    Random random = new Random(seeds.nextLong());
                    callers.execute(() -> run(caller, random));
                }
            }
        }
    }

    /** Whether the last answer to each caller of a key let it pass. */
    boolean passes(Database.Key key) {
        return last.entrySet().stream()
                .filter(each -> each.getKey().key().equals(key))
                .allMatch(each -> each.getValue() == 200);
    }

    /**
     * From an instant until every proxy has decided a call of each of these keys by what Redis counts; empty when one never
     * did.
     */
    Optional<Duration> untilExact(long sinceMillis, List<Database.Key> keys) {
        Map<List<Object>, Long> firstAnswered = new HashMap<>();
        for (Answer answer : answers) {
            if (keys.contains(answer.caller().key()) && answer.sentAtMillis() >= sinceMillis) {
                firstAnswered.merge(
                        List.of(answer.caller().proxy(), answer.caller().key()),
                        answer.exact() ? answer.answeredAtMillis() : NEVER,
                        Math::min);
            }
        }
        long last =
                firstAnswered.values().stream().mapToLong(Long::longValue).max().orElse(NEVER);
        return last == NEVER ? Optional.empty() : Optional.of(Duration.ofMillis(last - sinceMillis));
    }

    /** Answers that nobody should have had. */
    Set<String> unexpected() {
        return new TreeSet<>(unexpected);
    }

    @Override
    public void close() {
        stopping = true;
        callers.close();
        http.close();
    }

    private void run(Caller caller, Random random) {
        while (!stopping) {
            call(caller, random);
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
        }
    }

    private void call(Caller caller, Random random) {
        HttpRequest request = Chat.through(caller.proxy(), caller.key(), "demo-small", MAX_TOKENS)
                .timeout(Duration.ofSeconds(20))
                .header("X-Demo-Latency-Millis", "15")
                .header("X-Demo-Input-Tokens", Integer.toString(random.nextInt(1, 20)))
                .header("X-Demo-Output-Tokens", Integer.toString(random.nextInt(1, MAX_TOKENS)))
                .build();
        long sentAt = System.currentTimeMillis();
        try {
            HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean exact = reply.headers().firstValue("X-RateGuard-Degraded").isEmpty();
            answers.add(new Answer(caller, sentAt, System.currentTimeMillis(), exact));
            last.put(caller, reply.statusCode());
            if (!EXPECTED.contains(reply.statusCode())) {
                unexpected.add(Integer.toString(reply.statusCode()));
            }
        } catch (IOException none) {
            unexpected.add(none.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
