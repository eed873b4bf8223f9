package io.rateguard.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.rateguard.domain", importOptions = ImportOption.DoNotIncludeTests.class)
class DomainArchitectureTest {

    @ArchTest
    static final ArchRule needsTheJdkTheNullAnnotationsAndJacksonOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.rateguard.domain..",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify.annotations..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.rateguard.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule limitsKnowNothingOfBudgets = noClasses()
            .that()
            .resideInAPackage("..limit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..budget..");

    @ArchTest
    static final ArchRule nothingReadsTheClockByItself = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
