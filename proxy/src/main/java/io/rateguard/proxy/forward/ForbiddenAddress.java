package io.rateguard.proxy.forward;

import java.net.UnknownHostException;

/** The upstream's name stands for an address that must not be connected to. */
final class ForbiddenAddress extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String objection) {
        super(objection);
    }
}
