package io.rateguard.proxy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;

/** Fails a test class during which an event loop was blocked or a buffer was lost. */
public final class WatchedClass implements BeforeAllCallback, AfterAllCallback {

    static {
        BlockHound.builder().loadIntegrations().with(new BlockingWatch()).install();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Loading this class installs BlockHound before the first event loop runs.
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(BlockingWatch.taken()).as("blocked an event loop").isEmpty();
        assertThat(LeakWatch.taken()).as("lost a buffer").isEmpty();
    }
}
