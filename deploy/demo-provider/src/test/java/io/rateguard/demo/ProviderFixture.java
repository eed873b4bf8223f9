package io.rateguard.demo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh provider and a client for each test. */
abstract class ProviderFixture {

    DemoProvider provider;
    TestClient client;

    @BeforeEach
    void start() {
        restart(DemoSettings.defaults());
    }

    @AfterEach
    void stop() {
        client.close();
        provider.close();
    }

    void restart(DemoSettings settings) {
        if (provider != null) {
            stop();
        }
        provider = DemoProvider.start(settings);
        client = new TestClient(provider);
    }
}
