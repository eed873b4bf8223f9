package io.rateguard.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of the proxy run one way. */
@AnalyzeClasses(packages = "io.rateguard.proxy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.rateguard.proxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STAGES_KNOW_NO_WORK = noClasses()
            .that()
            .resideInAPackage("..proxy.stage")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..proxy.request",
                    "..proxy.auth",
                    "..proxy.admission",
                    "..proxy.forward",
                    "..proxy.answer",
                    "..proxy.record",
                    "..proxy.journal",
                    "..proxy.management");

    @ArchTest
    static final ArchRule DIALECTS_AND_JOURNAL_STAND_ALONE = noClasses()
            .that()
            .resideInAnyPackage("..proxy.dialect", "..proxy.journal", "..proxy.policy", "..proxy.loops")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..proxy.stage",
                    "..proxy.request",
                    "..proxy.auth",
                    "..proxy.admission",
                    "..proxy.forward",
                    "..proxy.answer",
                    "..proxy.record",
                    "..proxy.management");

    @ArchTest
    static final ArchRule NEITHER_SCREENS_NOR_QUESTIONS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.rateguard.console..",
                    "io.rateguard.analytics..",
                    "io.rateguard.alerts..",
                    "io.rateguard.demo..");

    @ArchTest
    static final ArchRule SPRING_AT_THE_DOOR_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("io.rateguard.proxy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");
}
