package io.rateguard.alerts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** domain ← counters ← alerts, and nothing else of ours. */
@AnalyzeClasses(packages = "io.rateguard.alerts", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_COUNTERS_AND_THE_DOMAIN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.rateguard.proxy..",
                    "io.rateguard.console..",
                    "io.rateguard.analytics.intake..",
                    "io.rateguard.embedded..");

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CIRCLE =
            slices().matching("io.rateguard.alerts.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVALUATION_IS_PURE = classes()
            .that()
            .haveSimpleName("Evaluation")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..", "java.time..", "java.util..", "io.rateguard.domain..", "io.rateguard.alerts..");
}
