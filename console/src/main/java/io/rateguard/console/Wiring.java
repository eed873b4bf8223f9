package io.rateguard.console;

import io.rateguard.analytics.question.Adjustments;
import io.rateguard.analytics.question.ApiHealth;
import io.rateguard.analytics.question.BudgetCourse;
import io.rateguard.analytics.question.KeyUse;
import io.rateguard.analytics.question.PassedRequests;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.TagNames;
import io.rateguard.analytics.question.UnchargedSpend;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.counters.Counters;
import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.net.AddressRange;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.secret.SecretBox;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** Parts from outside this module, made from settings. */
@Configuration
class Wiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A number is no text: {@code "name": 7} is refused rather than understood as "7". */
    @Bean
    JsonMapperBuilderCustomizer textIsText() {
        return builder -> builder.withCoercionConfig(
                LogicalType.Textual,
                textual -> textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    SecretBox secretBox(ConsoleSettings settings) {
        return new SecretBox(settings.secretKey(), new SecureRandom());
    }

    @Bean(destroyMethod = "close")
    Counters counters(ConsoleSettings settings) {
        return Counters.connect(CountersSettings.patient(settings.redisUrl()));
    }

    @Bean(destroyMethod = "close")
    ClickHouse clickHouse(ConsoleSettings settings) {
        ConsoleSettings.ClickHouse history = settings.clickHouse();
        return ClickHouse.open(
                new ClickHouseSettings(history.url(), history.user(), history.password(), history.database()));
    }

    @Bean
    RequestLog requestLog(ClickHouse clickHouse) {
        return new RequestLog(clickHouse);
    }

    @Bean
    Adjustments adjustments(ClickHouse clickHouse) {
        return new Adjustments(clickHouse);
    }

    @Bean
    UsageHistory usageHistory(ClickHouse clickHouse) {
        return new UsageHistory(clickHouse);
    }

    @Bean
    TagNames tagNames(ClickHouse clickHouse) {
        return new TagNames(clickHouse);
    }

    @Bean
    IntakeProgress intakeProgress(ClickHouse clickHouse, ConsoleSettings settings) {
        return new IntakeProgress(clickHouse, settings.eventsTopic());
    }

    @Bean
    KeyUse keyUse(ClickHouse clickHouse) {
        return new KeyUse(clickHouse);
    }

    @Bean
    ApiHealth apiHealth(ClickHouse clickHouse) {
        return new ApiHealth(clickHouse);
    }

    @Bean
    PassedRequests passedRequests(ClickHouse clickHouse) {
        return new PassedRequests(clickHouse);
    }

    @Bean
    BudgetCourse budgetCourse(ClickHouse clickHouse) {
        return new BudgetCourse(clickHouse);
    }

    @Bean
    UnchargedSpend unchargedSpend(ClickHouse clickHouse) {
        return new UnchargedSpend(clickHouse);
    }

    @Bean
    ShippedCatalogue priceCatalogue() {
        return ShippedCatalogue.load();
    }

    @Bean
    AddressGuard addressGuard(ConsoleSettings settings) {
        return new AddressGuard(ranges(settings.upstreamAllow()), ranges(settings.upstreamDeny()));
    }

    private static List<AddressRange> ranges(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }
}
