package io.rateguard.console.security;

import com.vaadin.flow.shared.ApplicationConstants;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.rateguard.console.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Four doors: the management port, which is closed to the world; the API, by token; files, open; the screens, by session. */
@Configuration
class SecurityConfiguration {

    private static final Duration HASHING_PATIENCE = Duration.ofSeconds(5);
    private static final String NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BoundedEncoder(
                Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                Runtime.getRuntime().availableProcessors(),
                HASHING_PATIENCE);
    }

    /** Asks for a code once the password is known to be right: before, nobody is told that there is one. */
    @Bean
    DaoAuthenticationProvider signIn(Accounts accounts, PasswordEncoder passwords) {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(accounts);
        provider.setPasswordEncoder(passwords);
        provider.setPostAuthenticationChecks(user -> {
            if (user instanceof Account account && account.hasSecondFactor()) {
                throw new CodeExpected(account);
            }
        });
        return provider;
    }

    @Bean
    @Order(1)
    SecurityFilterChain managementPort(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain managementApi(
            HttpSecurity http, Tenancy tenancy, TokenRepository tokens, ProblemWriter problems) throws Exception {
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new TokenFilter(tenancy, tokens, problems), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/openapi.json")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                        (request, response, failure) -> problems.write(response, Problem.unauthenticated())))
                .build();
    }

    /** The same for everybody: no session is looked for, and none begins. */
    @Bean
    @Order(3)
    SecurityFilterChain files(HttpSecurity http) throws Exception {
        return http.securityMatcher("/VAADIN/build/**", "/VAADIN/static/**", "/aura/**", "/styles/**", "/favicon.*")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable))
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain screens(
            HttpSecurity http, SignInThrottle throttle, Sessions sessions, SecondStep secondStep, Clock clock)
            throws Exception {
        return http.headers(SecurityConfiguration::protectPages)
                .authorizeHttpRequests(requests -> requests.requestMatchers(SecurityConfiguration::tellsAPage)
                        .permitAll())
                .addFilterBefore(new ThrottleFilter(throttle), UsernamePasswordAuthenticationFilter.class)
                .addFilterAfter(new SessionFilter(sessions, clock), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new TakeOverFilter(sessions, clock), SessionFilter.class)
                .logout(logout -> logout.addLogoutHandler(new SessionEnd()))
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        screens -> screens.loginView("/login").anyRequest(AuthorizedUrl::authenticated))
                .formLogin(form -> form.failureHandler((request, response, failure) ->
                        response.sendRedirect(request.getContextPath() + next(request, failure, secondStep, throttle))))
                .build();
    }

    /** That its session is gone, upon which it loads itself anew; sent to the sign-in page, it would take that for an answer. */
    private static boolean tellsAPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                && request.getParameter(ApplicationConstants.REQUEST_TYPE_PARAMETER) != null;
    }

    private static void protectPages(HeadersConfigurer<HttpSecurity> headers) {
        headers
                // A link that works once stands in some addresses: they are told to no other site.
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .contentSecurityPolicy(policy -> policy.policyDirectives(ContentPolicy.WITHOUT_SCRIPTS))
                .permissionsPolicyHeader(policy -> policy.policy(NO_DEVICES))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                // What Vaadin answers is on its way before anything could be added to it.
                .withObjectPostProcessor(new ObjectPostProcessor<HeaderWriterFilter>() {
                    @Override
                    public <O extends HeaderWriterFilter> O postProcess(O filter) {
                        filter.setShouldWriteHeadersEagerly(true);
                        return filter;
                    }
                });
    }

    private static String next(
            HttpServletRequest request,
            AuthenticationException failure,
            SecondStep secondStep,
            SignInThrottle throttle) {
        if (failure instanceof CodeExpected right) {
            throttle.takeBack(right.account().getUsername(), request.getRemoteAddr());
            secondStep.begin(request.getSession(), right.account());
            return "/" + SecondStep.PATH;
        }
        return failure instanceof AuthenticationServiceException ? "/login?busy" : "/login?error";
    }
}
