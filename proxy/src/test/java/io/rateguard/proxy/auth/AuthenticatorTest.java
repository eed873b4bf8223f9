package io.rateguard.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyScope;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.domain.price.PriceOverrides;
import io.rateguard.domain.price.UnpricedPolicy;
import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.policy.Policies;
import io.rateguard.proxy.policy.WorkspacePolicy;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refused;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

class AuthenticatorTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Secret secret = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());
    private final WorkspaceId workspace = new WorkspaceId(new UUID(0, 1));
    private KnownKey key = key(KeyStatus.ACTIVE, KeyScope.ALL, null, CustomerHeader.IGNORED, Long.MAX_VALUE);
    private final WorkspacePolicy policy = new WorkspacePolicy(
            workspace,
            1,
            false,
            Map.of(),
            List.of(),
            List.of(),
            PriceOverrides.NONE,
            Optional.empty(),
            new UnpricedPolicy(UnpricedPolicy.Choice.ALLOW, null),
            OptionalLong.empty());

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    @Test
    void goesOnOnTheCallersLoopWhereverThePolicyWasRead() {
        Mono<Boolean> onTheLoop =
                authenticator(Optional.of(policy)).identify(arrival()).map((Identified it) -> loop.inEventLoop());

        assertThat(onTheLoop.block()).isTrue();
    }

    @Test
    void aKeyWhoseWorkspaceIsGoneIsNoKeyAnyMore() {
        assertThatThrownBy(() ->
                        authenticator(Optional.empty()).identify(arrival()).block())
                .isInstanceOfSatisfying(
                        Refused.class, it -> assertThat(it.refusal().status()).isEqualTo(401));
    }

    @Test
    void worksUntilTheInstantItsTimeIsOver() {
        AtomicLong now = new AtomicLong(999);
        key = key(KeyStatus.ACTIVE, KeyScope.ALL, null, CustomerHeader.IGNORED, 1_000);
        Authenticator authenticator = new Authenticator(new OnAThreadOfItsOwn(Optional.of(policy)), 10, now::get);

        assertThat(authenticator.identify(arrival()).block()).isNotNull();
        now.set(1_000);
        assertRefused(authenticator, 401, "key_expired", "This RateGuard key has expired.");
    }

    @ParameterizedTest
    @CsvSource({"REVOKED,key_revoked", "SUSPENDED,key_suspended"})
    void saysWhyAKeyDoesNotWork(KeyStatus status, String code) {
        key = key(status, KeyScope.ALL, null, CustomerHeader.IGNORED, 1_000);

        assertRefused(authenticator(Optional.of(policy)), 401, code, "This RateGuard key ");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.1.2.3,true",
        "10.0.0.0/8,11.1.2.3,false",
        "2001:db8::/32,2001:db8:1::7,true",
        "2001:db8::/32,2001:db9::7,false",
        "10.0.0.0/8,::ffff:10.1.2.3,true",
        "10.0.0.0/8,'',false"
    })
    void isKeptToItsAddresses(String block, String address, boolean allowed) {
        KeyScope scope = KeyScope.parse(null, List.of(), List.of(), List.of("192.0.2.1", block));
        key = key(KeyStatus.ACTIVE, scope, null, CustomerHeader.IGNORED, Long.MAX_VALUE);
        Authenticator authenticator = authenticator(Optional.of(policy));

        if (allowed) {
            assertThat(authenticator.identify(arrival(address, null)).block()).isNotNull();
        } else {
            assertThatThrownBy(
                            () -> authenticator.identify(arrival(address, null)).block())
                    .isInstanceOfSatisfying(Refused.class, it -> {
                        assertThat(it.refusal().status()).isEqualTo(403);
                        assertThat(it.refusal().code()).isEqualTo("address_not_allowed");
                        assertThat(it.refusal().message()).contains("from the address " + address + ".");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IGNORED,,c-1,",
        "IGNORED,own,c-1,own",
        "TRUSTED,,c-1,c-1",
        "TRUSTED,,,",
        "TRUSTED,own,c-1,own",
        "REQUIRED,,c-1,c-1",
        "REQUIRED,own,,own"
    })
    void takesTheCustomerFromTheKeyElseFromACallerItTrusts(
            CustomerHeader header, String own, String named, String customer) {
        key = key(KeyStatus.ACTIVE, KeyScope.ALL, own, header, Long.MAX_VALUE);

        Identified identified = authenticator(Optional.of(policy))
                .identify(arrival("127.0.0.1", named))
                .block();

        assertThat(identified.customer()).isEqualTo(customer);
    }

    @Test
    void refusesARequestWithoutTheCustomerThatItsKeyRequires() {
        key = key(KeyStatus.ACTIVE, KeyScope.ALL, null, CustomerHeader.REQUIRED, Long.MAX_VALUE);

        assertRefused(
                authenticator(Optional.of(policy)),
                400,
                "customer_required",
                "X-RateGuard-Customer: missing (expected");
    }

    @Test
    void refusesACustomerThatIsTooLongToBeOne() {
        key = key(KeyStatus.ACTIVE, KeyScope.ALL, null, CustomerHeader.TRUSTED, Long.MAX_VALUE);

        assertThatThrownBy(() -> authenticator(Optional.of(policy))
                        .identify(arrival("127.0.0.1", "c".repeat(201)))
                        .block())
                .isInstanceOfSatisfying(
                        Refused.class,
                        it -> assertThat(it.refusal().message())
                                .startsWith("X-RateGuard-Customer: 201 characters (expected: 1 to 200"));
    }

    private void assertRefused(Authenticator authenticator, int status, String code, String message) {
        assertThatThrownBy(() -> authenticator.identify(arrival()).block())
                .isInstanceOfSatisfying(Refused.class, it -> {
                    assertThat(it.refusal().status()).isEqualTo(status);
                    assertThat(it.refusal().code()).isEqualTo(code);
                    assertThat(it.refusal().message()).startsWith(message);
                });
    }

    private KnownKey key(
            KeyStatus status, KeyScope scope, String customer, CustomerHeader header, long expiresAtMillis) {
        ApiKeyId id = new ApiKeyId(new UUID(0, 2));
        return new KnownKey(id, id, workspace, "k", status, scope, Map.of(), null, customer, header, expiresAtMillis);
    }

    private Authenticator authenticator(Optional<WorkspacePolicy> stored) {
        return new Authenticator(new OnAThreadOfItsOwn(stored), 10, () -> 0);
    }

    private Arrival arrival() {
        return arrival("127.0.0.1", null);
    }

    private Arrival arrival(String address, String customer) {
        HttpHeaders headers = new DefaultHttpHeaders().add("Authorization", "Bearer " + secret.reveal());
        if (customer != null) {
            headers.add("X-RateGuard-Customer", customer);
        }
        HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (it, method, none) -> headers);
        return new Arrival(
                RequestId.create(0, new Random(1)), 0, 0, "GET", "demo", "/", "", address, loop, request, null);
    }

    /** The key is in memory, its workspace is not. */
    private final class OnAThreadOfItsOwn implements Policies {

        private final Optional<WorkspacePolicy> stored;

        OnAThreadOfItsOwn(Optional<WorkspacePolicy> stored) {
            this.stored = stored;
        }

        @Override
        public KnownKey cachedKey(SecretHash hash) {
            return key;
        }

        @Override
        public boolean isKnownUnknown(SecretHash hash) {
            return false;
        }

        @Override
        public Mono<Optional<KnownKey>> lookUpKey(SecretHash hash) {
            return Mono.just(Optional.of(key));
        }

        @Override
        public WorkspacePolicy cachedWorkspace(WorkspaceId id) {
            return null;
        }

        @Override
        public Mono<Optional<WorkspacePolicy>> lookUpWorkspace(WorkspaceId id) {
            return Mono.just(stored).publishOn(Schedulers.boundedElastic());
        }
    }
}
