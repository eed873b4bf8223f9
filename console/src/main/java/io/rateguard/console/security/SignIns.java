package io.rateguard.console.security;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Writes an audit entry for each sign-in, made or refused. It belongs to the account, since no workspace is known yet; an
 * address without one leaves none, and takes as long.
 */
@Component
class SignIns {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    SignIns(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    @EventListener
    void made(AuthenticationSuccessEvent event) {
        record(event, "signed-in");
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        record(event, "refused");
    }

    private void record(AbstractAuthenticationEvent event, String action) {
        String email = event.getAuthentication().getName().strip();
        String address = event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : null;
        tenancy.withEmail(
                email,
                () -> jdbc.sql("""
                        insert into audit_entries
                          (user_id, actor_type, actor_id, actor_name, address, action, resource, resource_id)
                        select id, 'person', id, email, :address, :action, 'sign-ins', id
                        from users where lower(email) = lower(:email)""")
                        .param("email", email)
                        .param("address", address)
                        .param("action", action)
                        .update());
    }
}
