package io.rateguard.proxy.auth;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.policy.Policies;
import io.rateguard.proxy.policy.PolicyUnavailable;
import io.rateguard.proxy.policy.WorkspacePolicy;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Says whose key a request carries: its checksum first, then memory, then PostgreSQL. */
public final class Authenticator {

    private final Policies policies;
    private final LookUpAllowance allowance;
    private final LongSupplier nowMillis;

    /** @param unknownKeysPerMinute how many unknown keys one source address may have looked up */
    public Authenticator(Policies policies, int unknownKeysPerMinute, LongSupplier nowMillis) {
        this.policies = policies;
        this.allowance = new LookUpAllowance(unknownKeysPerMinute, nowMillis);
        this.nowMillis = nowMillis;
    }

    public Mono<Identified> identify(Arrival arrival) {
        Optional<String> presented = PresentedKey.in(arrival.headers(), arrival.query());
        if (presented.isEmpty()) {
            return refuse(
                    arrival,
                    "missing_key",
                    "No RateGuard key: send it as Authorization: Bearer rg_live_…, or as your client sends its own.");
        }
        Optional<Secret> secret =
                Secret.parse(presented.get()).filter(it -> it.kind().isKey());
        if (secret.isEmpty()) {
            return refuse(
                    arrival,
                    "malformed_key",
                    "Not a RateGuard key (expected: rg_live_ or rg_test_ and 38 letters and digits; is it complete?).");
        }
        SecretHash hash = secret.get().hash();
        KnownKey known = policies.cachedKey(hash);
        if (known != null) {
            return withPolicy(arrival, known);
        }
        if (policies.isKnownUnknown(hash)) {
            return refuseUnknown(arrival);
        }
        return lookUp(arrival, hash);
    }

    private Mono<Identified> lookUp(Arrival arrival, SecretHash hash) {
        if (!allowance.take(arrival.clientAddress())) {
            return Mono.error(new Refused(
                    arrival,
                    Refusal.of(
                                    Decision.OVERLOADED,
                                    429,
                                    ErrorCategory.LIMIT,
                                    "too_many_unknown_keys",
                                    "Too many unknown keys from this address; try again in a minute.")
                            .retryAfter(60_000)));
        }
        return policies.lookUpKey(hash)
                .publishOn(Schedulers.fromExecutor(arrival.loop()))
                .onErrorMap(PolicyUnavailable.class, away -> {
                    allowance.giveBack(arrival.clientAddress());
                    return new Refused(arrival, policyAway());
                })
                .flatMap(found -> {
                    if (found.isEmpty()) {
                        return refuseUnknown(arrival);
                    }
                    allowance.giveBack(arrival.clientAddress());
                    return withPolicy(arrival, found.get());
                });
    }

    private Mono<Identified> withPolicy(Arrival arrival, KnownKey key) {
        WorkspacePolicy known = policies.cachedWorkspace(key.workspace());
        if (known != null) {
            return checked(arrival, key, known);
        }
        return policies.lookUpWorkspace(key.workspace())
                .publishOn(Schedulers.fromExecutor(arrival.loop()))
                .onErrorMap(PolicyUnavailable.class, away -> new Refused(arrival, policyAway()))
                .flatMap(found -> found.isEmpty()
                        ? refuse(
                                arrival,
                                "workspace_gone",
                                "The workspace of this RateGuard key does not exist any more.")
                        : checked(arrival, key, found.get()));
    }

    private Mono<Identified> checked(Arrival arrival, KnownKey key, WorkspacePolicy policy) {
        Identified identified = new Identified(arrival, key, Customers.of(arrival, key), policy);
        Refusal objection = objection(identified);
        return objection == null ? Mono.just(identified) : Mono.error(new Refused(identified, objection));
    }

    private @Nullable Refusal objection(Identified identified) {
        KnownKey key = identified.key();
        if (identified.policy().suspended()) {
            return Refusal.forbidden(
                    "workspace_suspended", "The workspace of this RateGuard key is suspended until it is resumed.");
        }
        if (key.status() == KeyStatus.REVOKED) {
            return unauthenticated("key_revoked", "This RateGuard key has been revoked.");
        }
        if (key.status() == KeyStatus.SUSPENDED) {
            return unauthenticated("key_suspended", "This RateGuard key is suspended.");
        }
        if (key.expiresAtMillis() <= nowMillis.getAsLong()) {
            return unauthenticated("key_expired", "This RateGuard key has expired.");
        }
        String slug = identified.arrival().apiSlug();
        if (!key.scope().allowsApi(slug)) {
            return Refusal.forbidden("api_not_allowed", "This RateGuard key may not call the API \"" + slug + "\".");
        }
        String address = identified.arrival().clientAddress();
        if (!key.scope().allowsAddress(address)) {
            return Refusal.forbidden(
                    "address_not_allowed", "This RateGuard key may not be used from the address " + address + ".");
        }
        return Customers.objection(identified);
    }

    private static Mono<Identified> refuseUnknown(Arrival arrival) {
        return refuse(arrival, "unknown_key", "This RateGuard key does not exist.");
    }

    private static Mono<Identified> refuse(Arrival arrival, String code, String message) {
        return Mono.error(new Refused(arrival, unauthenticated(code, message)));
    }

    private static Refusal unauthenticated(String code, String message) {
        return Refusal.of(Decision.UNAUTHENTICATED, 401, ErrorCategory.CALLER, code, message);
    }

    private static Refusal policyAway() {
        return Refusal.overloaded(
                "policy_unavailable", "RateGuard cannot look up this key now; try again in a moment.");
    }
}
