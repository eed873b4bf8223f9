package io.rateguard.analytics.intake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** domain ← questions ← intake, and nothing else of ours. */
@AnalyzeClasses(packages = "io.rateguard.analytics.intake", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_TABLES_AND_THE_DOMAIN = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.sun.net.httpserver..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "tools.jackson..",
                    "org.springframework..",
                    "org.apache.kafka..",
                    "io.rateguard.domain..",
                    "io.rateguard.analytics.table..",
                    "io.rateguard.analytics.intake..");
}
