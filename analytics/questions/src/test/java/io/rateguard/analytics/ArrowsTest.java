package io.rateguard.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** domain ← questions, and within: table ← question. */
@AnalyzeClasses(packages = "io.rateguard.analytics", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_THE_DOMAIN = classes()
            .that()
            .resideInAPackage("io.rateguard.analytics..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "tools.jackson..",
                    "com.clickhouse..",
                    "io.rateguard.domain..",
                    "io.rateguard.analytics..");

    @ArchTest
    static final ArchRule TABLES_DO_NOT_KNOW_THE_QUESTIONS = noClasses()
            .that()
            .resideInAPackage("..table..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..question..");

    @ArchTest
    static final ArchRule ONLY_TABLES_TALK_TO_THE_DRIVER = noClasses()
            .that()
            .resideOutsideOfPackage("..table..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.clickhouse..");
}
