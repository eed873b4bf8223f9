package io.rateguard.console.security;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Writes an audit entry for each sign-in, made or refused, and tells the throttle which attempts were none. It belongs to the account, since no workspace is known yet; an
 * address without one leaves none, and takes as long.
 */
@Component
class SignIns {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final SignInThrottle throttle;

    SignIns(Tenancy tenancy, JdbcClient jdbc, SignInThrottle throttle) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.throttle = throttle;
    }

    @EventListener
    void made(AuthenticationSuccessEvent event) {
        throttle.succeeded(email(event), address(event));
        record(event, "signed-in");
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        // Ours, not theirs: nothing was compared.
        if (event.getException() instanceof AuthenticationServiceException) {
            throttle.takeBack(email(event), address(event));
            return;
        }
        record(event, "refused");
    }

    private void record(AbstractAuthenticationEvent event, String action) {
        tenancy.withEmail(
                email(event),
                () -> jdbc.sql("""
                        insert into audit_entries
                          (user_id, actor_type, actor_id, actor_name, address, action, resource, resource_id)
                        select id, 'person', id, email, :address, :action, 'sign-ins', id
                        from users where lower(email) = lower(:email)""")
                        .param("email", email(event))
                        .param("address", address(event))
                        .param("action", action)
                        .update());
    }

    private static String email(AbstractAuthenticationEvent event) {
        return event.getAuthentication().getName().strip();
    }

    private static String address(AbstractAuthenticationEvent event) {
        return event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";
    }
}
