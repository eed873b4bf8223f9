package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Service;

/** The second step of a sign-in, for accounts with a second factor: between the two, the session may do nothing else. */
@Service
public class SecondStep {

    /** Where it is asked for. */
    public static final String PATH = "second-step";

    private static final String ATTRIBUTE = SecondStep.class.getName();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SecondFactors factors;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SecondStep(SecondFactors factors, SignInThrottle throttle, ApplicationEventPublisher events, Clock clock) {
        this.factors = factors;
        this.throttle = throttle;
        this.events = events;
        this.clock = clock;
    }

    void begin(HttpSession session, Account account) {
        account.eraseCredentials();
        session.setAttribute(ATTRIBUTE, new Half(account, clock.instant().plus(PATIENCE)));
    }

    /** The address of who has given the password of late in this session. */
    public Optional<String> waiting(HttpSession session) {
        return half(session).map(it -> it.account().getUsername());
    }

    /** Signs them in, or objects to the code. */
    public void finish(HttpServletRequest request, HttpServletResponse response, String code) {
        Account account = half(request.getSession())
                .orElseThrow(() -> Problem.notFound("sign-in: too long ago (expected: the password, and a code within "
                        + PATIENCE.toMinutes() + " minutes)"))
                .account();
        if (!throttle.enter(account.getUsername(), request.getRemoteAddr())) {
            throw Problem.invalid("code: too many attempts (expected: another try in a quarter of an hour)");
        }
        UsernamePasswordAuthenticationToken signedIn = HttpSignIn.token(account, request);
        if (!factors.redeem(new Caller.Person(account.userId(), account.getUsername()), code)) {
            events.publishEvent(new AuthenticationFailureBadCredentialsEvent(
                    signedIn, new BadCredentialsException("another code")));
            throw Problem.invalid(
                    "code: another one (expected: what the app shows now, or a recovery code, not used before)");
        }
        request.getSession().removeAttribute(ATTRIBUTE);
        HttpSignIn.signIn(signedIn, request, response);
        events.publishEvent(new AuthenticationSuccessEvent(signedIn));
    }

    private Optional<Half> half(@Nullable HttpSession session) {
        return session != null
                        && session.getAttribute(ATTRIBUTE) instanceof Half half
                        && clock.instant().isBefore(half.until())
                ? Optional.of(half)
                : Optional.empty();
    }

    private record Half(Account account, Instant until) {}
}
