package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyEditTest {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{\"model\":\"m\",\"stream\":true}|{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
                " \t { \"stream\" : true , \"model\" : \"Grü\\u00dfe\\\"{\" } |"
                        + " \t {\"stream_options\":{\"include_usage\":true}, \"stream\" : true , \"model\" : \"Grü\\u00dfe\\\"{\" } ",
                "{\"stream_options\": null,\"model\":\"m\",\"stream\":true}|{\"stream_options\": {\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
                "{\"model\":\"€\",\"stream_options\":{ },\"stream\":true}|{\"model\":\"€\",\"stream_options\":{\"include_usage\":true },\"stream\":true}",
                "{\"model\":\"m\",\"stream\":true,\"stream_\\u006fptions\":{ \"x\": [{\"include_usage\":true}]}}|"
                        + "{\"model\":\"m\",\"stream\":true,\"stream_\\u006fptions\":{\"include_usage\":true, \"x\": [{\"include_usage\":true}]}}",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"a\":1, \"include_usage\" : false }}|"
                        + "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"a\":1, \"include_usage\" : true }}",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":null}}|"
                        + "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
            })
    void asksForUsageAndLeavesEveryOtherByte(String body, String expected) {
        ByteBuf buffer = Bytes.heap("##" + body);
        buffer.skipBytes(2);
        BodyEdit edit = ReplyFixturesTest.CHAT.ask(buffer, null).edit();

        ByteBuf edited = edit.apply(buffer, ALLOCATOR);

        assertThat(edited.toString(UTF_8)).isEqualTo(expected);
        assertThat(edit.lengthAfter(body.getBytes(UTF_8).length)).isEqualTo(edited.readableBytes());
        assertThat(edit.asksForUsage()).isTrue();
        edited.release();
        assertThat(buffer.refCnt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"stream\":false,\"stream_options\":null}",
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
            })
    void leavesTheBodyAloneWhereNothingIsToBeAsked(String body) {
        ByteBuf buffer = Bytes.heap(body);
        BodyEdit edit = ReplyFixturesTest.CHAT.ask(buffer, null).edit();

        ByteBuf edited = edit.apply(buffer, ALLOCATOR);

        assertThat(edit).isEqualTo(BodyEdit.NONE);
        assertThat(edited).isSameAs(buffer);
        assertThat(edit.lengthAfter(10)).isEqualTo(10);
        edited.release();
        assertThat(buffer.refCnt()).isZero();
    }

    @Test
    void makesSeveralSplicesInOrder() {
        BodyEdit edit =
                new BodyEdit(java.util.List.of(new BodyEdit.Splice(1, 2, "ü"), new BodyEdit.Splice(5, 0, "yy")), false);

        ByteBuf edited = edit.apply(Bytes.heap("abcdefg"), ALLOCATOR);

        assertThat(edited.toString(UTF_8)).isEqualTo("aüdeyyfg");
        assertThat(edit.lengthAfter(7)).isEqualTo(9);
        edited.release();
    }
}
