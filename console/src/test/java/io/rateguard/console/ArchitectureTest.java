package io.rateguard.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import org.springframework.web.bind.annotation.RestController;

/** How a feature is built inside, and what the console leaves to others; {@link ModularityTest} has the arrows between. */
@AnalyzeClasses(packages = "io.rateguard.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_HAVE_FEW_FLOORS = classes()
            .should()
            .resideInAnyPackage(
                    "io.rateguard.console", "io.rateguard.console.*", "io.rateguard.console.*.(ui|rest|store)");

    @ArchTest
    static final ArchRule SERVICES_KNOW_NO_SCREENS = noClasses()
            .that()
            .resideOutsideOfPackages("..console.*.ui", "..console.shell")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..console.*.ui");

    @ArchTest
    static final ArchRule THE_COMMANDS_NEED_NO_BROWSER = noClasses()
            .that()
            .resideInAPackage("..console.setup..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vaadin..");

    @ArchTest
    static final ArchRule SCREENS_AND_API_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vaadin..");

    @ArchTest
    static final ArchRule ROWS_STAY_IN_THEIR_FEATURE =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NOTHING_READS_WHAT_OTHERS_OWN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rateguard.proxy..", "io.rateguard.analytics.intake..", "io.rateguard.embedded..");
}
