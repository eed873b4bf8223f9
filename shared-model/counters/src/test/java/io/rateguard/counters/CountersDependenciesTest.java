package io.rateguard.counters;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.rateguard.counters", importOptions = ImportOption.DoNotIncludeTests.class)
class CountersDependenciesTest {

    @ArchTest
    static final ArchRule countersKnowTheDomainAndRedissonOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.rateguard.counters..",
                    "io.rateguard.domain..",
                    "org.redisson..",
                    // Redisson's codecs speak in its buffers.
                    "io.netty.buffer..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..");
}
