package io.rateguard.proxy.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.api.UpstreamPath;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.key.KeyScope;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.proxy.admission.Estimator;
import io.rateguard.proxy.auth.Query;
import io.rateguard.proxy.dialect.Address;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.dialect.InvalidRequest;
import io.rateguard.proxy.dialect.Route;
import io.rateguard.proxy.dialect.Routes;
import io.rateguard.proxy.forward.UpstreamUri;
import io.rateguard.proxy.policy.KnownApi;
import io.rateguard.proxy.policy.KnownKey;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Routed;
import io.rateguard.proxy.stage.Understood;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds out what a request asks for: its API and route, its model and size, and what it may cost. */
public final class Understanding {

    private static final int LONGEST_METHOD = 24;
    private static final Set<String> NOT_FORWARDED = Set.of("TRACE", "CONNECT");

    private final BodyReader bodies;
    private final Fingerprints fingerprints;
    private final Estimator estimator;

    public Understanding(BodyReader bodies, Fingerprints fingerprints, Estimator estimator) {
        this.bodies = bodies;
        this.fingerprints = fingerprints;
        this.estimator = estimator;
    }

    /** @throws Refused when the API does not exist or the path is not let through */
    Routed route(Identified identified) {
        Arrival arrival = identified.arrival();
        KnownApi api = identified.policy().apis().get(arrival.apiSlug());
        if (api == null) {
            throw new Refused(
                    identified,
                    Refusal.invalid(404, "unknown_api", "This workspace has no API \"" + arrival.apiSlug() + "\"."));
        }
        String upstreamPath = UpstreamUri.path(api, arrival.path());
        Route route = Routes.find(
                api.profile(), api.unknownPaths(), arrival.method(), UpstreamUri.routedPath(api, upstreamPath));
        Routed routed = new Routed(identified, api, upstreamPath, route);
        Refusal objection = objection(routed);
        if (objection != null) {
            throw new Refused(routed, objection);
        }
        return routed;
    }

    Mono<Understood> read(Routed routed) {
        return switch (routed.route()) {
            case Route.Metered metered -> bodies.read(routed).map(body -> metered(routed, metered, body));
            case Route.Free _, Route.Flat _, Route.Unpriced _ -> Mono.fromSupplier(() -> unread(routed));
            case Route.Refused refused -> Mono.error(new Refused(routed, blocked(refused)));
        };
    }

    private @Nullable Refusal objection(Routed routed) {
        HttpHeaders headers = routed.arrival().headers();
        if (!routed.api().enabled()) {
            return Refusal.forbidden("api_disabled", "The API \"" + routed.api().slug() + "\" is switched off.");
        }
        if (NOT_FORWARDED.contains(routed.arrival().method())) {
            return Refusal.invalid(
                    405,
                    "method_not_allowed",
                    "method: " + routed.arrival().method()
                            + " (expected: one that RateGuard forwards; this one could show"
                            + " the upstream's credential, or open a tunnel)");
        }
        String method = routed.arrival().method();
        if (method.length() > LONGEST_METHOD) {
            return Refusal.invalid(
                    405,
                    "method_not_allowed",
                    "method: " + method.substring(0, LONGEST_METHOD) + "… (expected: at most " + LONGEST_METHOD
                            + " characters)");
        }
        if (!method.equals(method.toUpperCase(Locale.ROOT))) {
            // Prices and limits name methods, and an upstream may take any spelling for them.
            return Refusal.invalid(
                    405,
                    "method_not_allowed",
                    "method: " + method + " (expected: capital letters, " + method.toUpperCase(Locale.ROOT) + ")");
        }
        if (asksForUpgrade(headers)) {
            return Refusal.of(
                    Decision.FORBIDDEN,
                    501,
                    ErrorCategory.CALLER,
                    "upgrade_not_supported",
                    "Upgrades (WebSocket, realtime) cannot be metered and are not let through.");
        }
        if (routed.route() instanceof Route.Refused refused) {
            return blocked(refused);
        }
        return outOfScope(routed);
    }

    /** What the key is not kept for, as far as the address of the request says it. */
    private static @Nullable Refusal outOfScope(Routed routed) {
        KeyScope scope = routed.identified().key().scope();
        if (!scope.endpoints().isEmpty()
                && !scope.allowsEndpoint(UpstreamPath.of(routed.upstreamPath()).compared())) {
            return notAllowed("endpoint_not_allowed", "call the endpoint \"" + routed.upstreamPath() + "\"");
        }
        return switch (routed.route()) {
            case Route.Metered metered -> null; // its model is known once its body is read
            case Route.Free free -> null;
            case Route.Flat flat -> modelObjection(scope, null);
            case Route.Unpriced unpriced -> modelObjection(scope, null);
            case Route.Refused refused -> null;
        };
    }

    private static @Nullable Refusal modelObjection(KeyScope scope, @Nullable String model) {
        if (scope.allowsModel(model)) {
            return null;
        }
        return notAllowed(
                "model_not_allowed",
                model == null ? "make requests whose model RateGuard cannot read" : "use the model \"" + model + "\"");
    }

    private static Refusal notAllowed(String code, String what) {
        return Refusal.forbidden(code, "This RateGuard key may not " + what + ".");
    }

    /** Clients that offer HTTP/2 on every connection take HTTP/1.1 for an answer. */
    private static boolean asksForUpgrade(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.UPGRADE).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .anyMatch(protocol -> !protocol.strip().equalsIgnoreCase("h2c"));
    }

    private Understood metered(Routed routed, Route.Metered route, ByteBuf body) {
        try {
            String encoding = routed.arrival().headers().get(HttpHeaderNames.CONTENT_ENCODING);
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw new InvalidRequest(
                        "unsupported_content_encoding",
                        "content-encoding: " + encoding + " (expected: none; RateGuard has to read this body)");
            }
            Ask ask = route.dialect()
                    .ask(body, routed.arrival().headers().get(HttpHeaderNames.CONTENT_TYPE), address(routed, route));
            Refusal objection = modelObjection(routed.identified().key().scope(), ask.model());
            if (objection != null) {
                throw new Refused(routed, objection);
            }
            RequestFacts facts = facts(routed, ask.model());
            return new Understood(
                    routed, facts, ask, body, fingerprints.of(facts, body), estimator.estimate(routed, facts, ask));
        } catch (InvalidRequest invalid) {
            body.release();
            throw new Refused(routed, Refusal.invalid(400, invalid.code(), invalid.getMessage()));
        } catch (RuntimeException refused) {
            body.release();
            throw refused;
        }
    }

    private static Address address(Routed routed, Route.Metered route) {
        Arrival arrival = routed.arrival();
        Stream<Address.Parameter> query = Query.parameters(arrival.query()).stream()
                .map(parameter -> new Address.Parameter(Query.name(parameter), Query.value(parameter)));
        Stream<Address.Parameter> headers = arrival.headers().getAll(Address.FIELD_MASK).stream()
                .map(value -> new Address.Parameter(Address.FIELD_MASK, value));
        return new Address(route.model(), Stream.concat(query, headers).toList());
    }

    private Understood unread(Routed routed) {
        RequestFacts facts = facts(routed, null);
        return new Understood(
                routed, facts, null, null, null, estimator.estimate(routed, facts, routed.withoutPrice()));
    }

    private static RequestFacts facts(Routed routed, @Nullable String model) {
        Arrival arrival = routed.arrival();
        KnownKey key = routed.identified().key();
        return new RequestFacts(
                routed.api().slug(),
                arrival.method(),
                UpstreamPath.of(routed.upstreamPath()).compared(),
                model,
                key.line(),
                key.project(),
                routed.identified().customer(),
                key.tags(),
                arrival.clientAddress());
    }

    private static Refusal blocked(Route.Refused route) {
        return Refusal.forbidden(route.code(), route.message());
    }
}
