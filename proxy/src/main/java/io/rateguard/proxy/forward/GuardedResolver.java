package io.rateguard.proxy.forward;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.rateguard.domain.net.AddressGuard;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves names and lets only those addresses through that may be connected to; the address that passes is the one
 * that is connected to. Literal addresses go the same way.
 */
final class GuardedResolver extends AddressResolverGroup<InetSocketAddress> {

    private final AddressResolverGroup<InetSocketAddress> names;
    private final AddressGuard guard;

    GuardedResolver(AddressResolverGroup<InetSocketAddress> names, AddressGuard guard) {
        this.names = names;
        this.guard = guard;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Guarded(names.getResolver(executor), executor);
    }

    @Override
    public void close() {
        super.close();
        names.close();
    }

    private final class Guarded implements AddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> resolver;
        private final EventExecutor executor;

        Guarded(AddressResolver<InetSocketAddress> resolver, EventExecutor executor) {
            this.resolver = resolver;
            this.executor = executor;
        }

        @Override
        public boolean isSupported(SocketAddress address) {
            return address instanceof InetSocketAddress;
        }

        /** Never: a literal address has to pass the guard too. */
        @Override
        public boolean isResolved(SocketAddress address) {
            return false;
        }

        @Override
        public Future<InetSocketAddress> resolve(SocketAddress address) {
            return resolve(address, executor.newPromise());
        }

        @Override
        public Future<InetSocketAddress> resolve(SocketAddress address, Promise<InetSocketAddress> promise) {
            Promise<List<InetSocketAddress>> all = executor.newPromise();
            resolveAll(address, all).addListener((Future<List<InetSocketAddress>> done) -> {
                if (done.isSuccess()) {
                    promise.trySuccess(done.getNow().getFirst());
                } else {
                    promise.tryFailure(done.cause());
                }
            });
            return promise;
        }

        @Override
        public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
            return resolveAll(address, executor.newPromise());
        }

        @Override
        public Future<List<InetSocketAddress>> resolveAll(
                SocketAddress address, Promise<List<InetSocketAddress>> promise) {
            if (resolver.isResolved(address)) {
                pass(List.of((InetSocketAddress) address), promise);
                return promise;
            }
            resolver.resolveAll(address).addListener((Future<List<InetSocketAddress>> done) -> {
                if (done.isSuccess()) {
                    pass(done.getNow(), promise);
                } else {
                    promise.tryFailure(done.cause());
                }
            });
            return promise;
        }

        @Override
        public void close() {
            resolver.close();
        }

        private void pass(List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
            List<InetSocketAddress> passing = new ArrayList<>(found.size());
            String objection = "no address";
            for (InetSocketAddress address : found) {
                Optional<String> against = guard.objection(address);
                if (against.isEmpty()) {
                    passing.add(address);
                } else {
                    objection = against.get();
                }
            }
            if (passing.isEmpty()) {
                promise.tryFailure(new ForbiddenAddress(objection));
            } else {
                promise.trySuccess(passing);
            }
        }
    }
}
