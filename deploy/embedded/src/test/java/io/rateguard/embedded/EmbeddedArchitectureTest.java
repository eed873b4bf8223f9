package io.rateguard.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.rateguard.embedded", importOptions = ImportOption.DoNotIncludeTests.class)
class EmbeddedArchitectureTest {

    @ArchTest
    static final ArchRule PARTS_DO_NOT_KNOW_THE_FIXTURE = noClasses()
            .that()
            .resideOutsideOfPackage("io.rateguard.embedded.fixture")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rateguard.embedded.fixture", "org.testcontainers..", "com.redis..");

    @ArchTest
    static final ArchRule THE_ENGINES_JVM_KNOWS_ONLY_ITS_PARENT = noClasses()
            .that()
            .resideInAnyPackage("io.rateguard.embedded.clickhouse", "io.rateguard.embedded.kafka")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rateguard.embedded");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.rateguard.(embedded..)").should().beFreeOfCycles();
}
