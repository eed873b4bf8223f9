package io.rateguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the features: each package beside the main class is one, and its root is its public face. */
class ModularityTest {

    private final ApplicationModules features = ApplicationModules.of(ConsoleMain.class);

    @Test
    void featuresUseTheirPublicFacesInNoCircleAndWithinWhatTheyDeclare() {
        features.verify();
    }

    /** Where no feature or no arrow is seen, for want of a reader of the class files, nothing would be refused. */
    @Test
    void seesTheFeaturesAndTheirArrows() {
        ApplicationModule keys = features.getModuleByName("keys").orElseThrow();

        assertThat(features.stream().map(feature -> feature.getIdentifier().toString()))
                .contains("alerts", "apis", "budgets", "common", "keys", "limits", "overview", "requests", "setup");
        assertThat(keys.getDirectDependencies(features)
                        .uniqueModules()
                        .map(it -> it.getIdentifier().toString()))
                .contains("apis", "common", "security", "workspaces");
    }
}
