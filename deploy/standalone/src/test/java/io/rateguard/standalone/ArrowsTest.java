package io.rateguard.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.rateguard.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule WHAT_RUNS_INSIDE_A_SERVICE_NEEDS_ONLY_THE_JDK = noClasses()
            .that()
            .resideInAPackage("io.rateguard.standalone.child")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "io.rateguard.standalone.child", "org.jspecify..");

    @ArchTest
    static final ArchRule THE_FIXTURE_IS_FOR_TESTS =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.rateguard.embedded.fixture");

    @ArchTest
    static final ArchRule DATA_KNOWS_NO_PROCESSES = noClasses()
            .that()
            .resideInAPackage("io.rateguard.standalone.data")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.rateguard.standalone.part", "io.rateguard.standalone.setup");
}
