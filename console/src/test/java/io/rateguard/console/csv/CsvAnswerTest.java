package io.rateguard.console.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.console.problem.Problem;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class CsvAnswerTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void saysSoWhenItFailsOnTheWay() throws IOException {
        CsvAnswer.write(response, "x.csv", csv -> {
            columnsAndMuch(csv);
            throw Problem.unavailable("the request history does not answer; try again");
        });

        assertThat(response.getContentAsString())
                .endsWith("# cut short,the request history does not answer; try again\r\n")
                .doesNotContain("# end of export");
    }

    @Test
    void isAnsweredAsAProblemWhenItFailsAtOnce() {
        Consumer<CsvWriter> failing = csv -> {
            csv.text("a").end();
            throw Problem.unavailable("away");
        };

        assertThatThrownBy(() -> CsvAnswer.write(response, "x.csv", failing)).isInstanceOf(Problem.class);
        assertThat(response.isCommitted()).isFalse();
    }

    @Test
    void endsWithItsMarkWhenItIsWhole() throws IOException {
        CsvAnswer.write(response, "x.csv", CsvAnswerTest::columnsAndMuch);

        assertThat(response.getContentAsString()).endsWith("# end of export,5000 records\r\n");
        assertThat(response.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"x.csv\"");
    }

    private static void columnsAndMuch(CsvWriter csv) {
        csv.text("a").text("b").end();
        for (int i = 0; i < 5_000; i++) {
            csv.whole(i).text("some text").end();
        }
    }
}
