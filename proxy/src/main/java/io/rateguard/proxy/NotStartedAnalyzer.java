package io.rateguard.proxy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the proxy does not start in the words of {@link ProxyNotStarted}, without a stack trace. */
final class NotStartedAnalyzer extends AbstractFailureAnalyzer<ProxyNotStarted> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProxyNotStarted cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
