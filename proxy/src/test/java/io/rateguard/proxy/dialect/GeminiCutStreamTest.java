package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import org.junit.jupiter.api.Test;

/** What is billed of a Gemini stream that breaks off. */
class GeminiCutStreamTest {

    @Test
    void halfAReportLeavesTheModalitiesOfTheLastWholeOne() {
        Reading reading = read("""
                data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":30,\
                "promptTokensDetails":[{"modality":"TEXT","tokenCount":10},{"modality":"AUDIO","tokenCount":20}],\
                "candidatesTokenCount":1,"totalTokenCount":31}}

                data: {"candidates":[],"usageMetadata":{"promptTokenCount":30,"promptTokensDetails":[{"modality":"TE""");

        assertThat(reading.source()).isEqualTo(UsageSource.PARTIAL);
        assertThat(reading.usage().count(UsageClass.INPUT_AUDIO)).isEqualTo(20);
        assertThat(reading.usage().count(UsageClass.INPUT)).isEqualTo(10);
    }

    @Test
    void thoughtsAreBilledBesideTheTextThatHasPassed() {
        Reading told = read(report(50));
        Reading without = read(report(0));

        assertThat(told.usage().count(UsageClass.REASONING)).isEqualTo(50);
        assertThat(told.usage().count(UsageClass.OUTPUT))
                .isEqualTo(without.usage().count(UsageClass.OUTPUT))
                .isGreaterThan(1);
    }

    private static String report(int thoughts) {
        return """
                data: {"candidates":[{"content":{"parts":[{"text":"%s"}]}}],"usageMetadata":{"promptTokenCount":30,\
                "candidatesTokenCount":1,"thoughtsTokenCount":%d,"totalTokenCount":%d}}

                """.formatted("some text. ".repeat(20), thoughts, 31 + thoughts);
    }

    private static Reading read(String stream) {
        ReplyMeter meter = new Gemini(Gemini.Kind.STREAM)
                .meter(ReplyFixturesTest.ask(true, BodyEdit.NONE), 200, "text/event-stream", null);
        Bytes.pass(meter, stream.getBytes(UTF_8));
        return meter.reading();
    }
}
