package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.key.Secret.SecretHash;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes the management token of a request; one that is absent, mistyped, unknown or revoked leaves it anonymous. */
final class TokenFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final Tenancy tenancy;
    private final TokenRepository tokens;
    private final ProblemWriter problems;

    TokenFilter(Tenancy tenancy, TokenRepository tokens, ProblemWriter problems) {
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            presented(request)
                    .flatMap(this::find)
                    .ifPresent(caller ->
                            SecurityContextHolder.getContext().setAuthentication(new TokenAuthentication(caller)));
        } catch (DataAccessException | TransactionException away) {
            logger.warn("management token not checked: the database does not answer", away);
            problems.write(response, Problem.unavailable("the database does not answer; try again"));
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<SecretHash> presented(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return Secret.parse(
                        Secret.Kind.MANAGEMENT_TOKEN,
                        header.substring(BEARER.length()).strip())
                .map(Secret::hash);
    }

    private Optional<Caller.Token> find(SecretHash hash) {
        return tenancy.withToken(
                hash,
                () -> tokens.findByHashAndRevokedAtIsNull(hash.bytes())
                        .filter(token -> hash.equals(new SecretHash(token.hash)))
                        .map(token -> new Caller.Token(
                                new WorkspaceId(token.workspaceId),
                                Role.ofWireName(token.role),
                                token.id,
                                token.name)));
    }
}
