package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void namesStandOnTheLeftAndFiguresOnTheRight() {
        Table table = new Table("limit", "").row("let through", "1,000").row("over by", "0");

        assertThat(table.markdown()).isEqualTo("""
                | limit       |        |
                | ----------- | -----: |
                | let through |  1,000 |
                | over by     |      0 |
                """);
    }

    @Test
    void refusesARowThatDoesNotFit() {
        assertThatThrownBy(() -> new Table("limit", "").row("let through")).hasMessage("row of 1 cells (expected: 2)");
    }
}
