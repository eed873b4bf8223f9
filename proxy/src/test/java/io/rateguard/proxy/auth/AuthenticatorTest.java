package io.rateguard.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.domain.price.PriceOverrides;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

class AuthenticatorTest {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Secret secret = Secret.create(Secret.Kind.LIVE_KEY, new SecureRandom());
    private final WorkspaceId workspace = new WorkspaceId(new UUID(0, 1));
    private final KnownKey key = new KnownKey(
            new ApiKeyId(new UUID(0, 2)), workspace, "k", KeyStatus.ACTIVE, null, Map.of(), null, null, Long.MAX_VALUE);
    private final WorkspacePolicy policy = new WorkspacePolicy(
            workspace,
            1,
            Map.of(),
            List.of(),
            List.of(),
            PriceOverrides.NONE,
            Optional.empty(),
            WorkspacePolicy.Unpriced.ALLOW,
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

    private Authenticator authenticator(Optional<WorkspacePolicy> stored) {
        return new Authenticator(new OnAThreadOfItsOwn(stored), 10, () -> 0);
    }

    private Arrival arrival() {
        HttpHeaders headers = new DefaultHttpHeaders().add("Authorization", "Bearer " + secret.reveal());
        HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (it, method, none) -> headers);
        return new Arrival(
                RequestId.create(0, new Random(1)), 0, 0, "GET", "demo", "/", "", "127.0.0.1", loop, request, null);
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
