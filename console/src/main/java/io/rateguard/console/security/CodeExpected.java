package io.rateguard.console.security;

import org.springframework.security.core.AuthenticationException;

/** The password is right, and the account asks for a code as well. */
final class CodeExpected extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Account account;

    CodeExpected(Account account) {
        super("a code is expected");
        this.account = account;
    }

    Account account() {
        return account;
    }
}
