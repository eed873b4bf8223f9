package io.rateguard.console.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {

    private final StringWriter out = new StringWriter();
    private final CsvWriter csv = new CsvWriter(out);

    @Test
    void quotesWhatWouldBreakARecordAndNothingElse() {
        csv.text("a")
                .text("b,c")
                .text("say \"x\"")
                .text("two\nlines")
                .text("Größe 🚀")
                .text(null)
                .text("")
                .end();

        assertThat(out).hasToString("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",Größe 🚀,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "－1"})
    void noTextOfOthersBecomesAFormula(String text) {
        csv.text(text).end();

        assertThat(out).hasToString("'" + text + "\r\n");
    }

    @Test
    void aFormulaIsDefusedInsideItsQuotesToo() {
        csv.text("=HYPERLINK(\"http://x\",\"y\")").text("\r=1").end();

        assertThat(out).hasToString("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",\"'\r=1\"\r\n");
    }

    @Test
    void numbersStayAsTheyAre() {
        csv.whole(Long.MIN_VALUE).whole(Long.MAX_VALUE).raw("-0.000000001").end();

        assertThat(out).hasToString("-9223372036854775808,9223372036854775807,-0.000000001\r\n");
    }

    @Test
    void theLastRecordSaysThatItIsTheLastAndHowManyThereWere() {
        csv.text("a").text("b").text("c").end();
        csv.whole(1).whole(2).whole(3).end();

        csv.endOfExport();

        assertThat(out.toString()).endsWith("1,2,3\r\n# end of export,1 records,\r\n");
    }

    @Test
    void aCutIsARecordOfItsOwnEvenInTheMiddleOfAnother() {
        csv.text("a").text("b").text("c").end();
        csv.whole(1);

        csv.cutShort("gone, sadly");

        assertThat(out).hasToString("a,b,c\r\n1\r\n# cut short,\"gone, sadly\",\r\n");
    }

    @Test
    void refusesARecordThatIsNotLikeTheFirst() {
        csv.text("a").text("b").end();
        csv.text("c");

        assertThatThrownBy(csv::end).hasMessage("csv record of 1 fields (expected: 2)");
    }
}
