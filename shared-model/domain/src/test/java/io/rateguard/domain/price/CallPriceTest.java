package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallPriceTest {

    private static final Usage VALUE_OF_1999 = CallPrice.ONE.with(UsageClass.VALUE_MICROS, 1_999_000_000);

    @Test
    void addsAFeeAndAShareOfAValueAndRoundsOnce() {
        CallPrice stripe = price("{'path':'/v1/charges'}", """
                {'perCall':'0.3','perValue':{'pointer':'/amount','rate':'0.00029'}}""");

        assertThat(stripe.price().cost(VALUE_OF_1999)).contains(Money.ofNanos(300_000_000 + 579_710_000));
        assertThat(stripe.price().version()).isEqualTo("override/00000000-0000-0000-0000-000000000001");
        assertThat(stripe.ceiling()).isEmpty();
        assertThat(stripe.fee()).isEqualTo(Money.ofNanos(300_000_000));
    }

    @Test
    void chargesItsMaximumAtMost() {
        CallPrice capped = price("{'path':'/v1/charges'}", """
                {'perValue':{'pointer':'/amount','rate':'0.008'},'max':'5'}""");

        assertThat(capped.price().cost(VALUE_OF_1999)).contains(Money.ofNanos(5_000_000_000L));
        assertThat(capped.ceiling()).contains(Money.ofNanos(5_000_000_000L));
        assertThat(capped.price().cost(CallPrice.ONE)).contains(Money.ZERO);
    }

    @Test
    void aCallMayCostMoreThanNineDollars() {
        CallPrice check = price("{'path':'/v1/background_checks'}", "{'perCall':'29.99'}");

        assertThat(check.fee()).isEqualTo(Money.ofNanos(29_990_000_000L));
        assertThat(check.price().ceiling(0, 0)).isEqualTo(check.fee());
        assertThat(price("{'path':'/x'}", "{'perCall':'8999999'}").fee())
                .isEqualTo(Money.ofNanos(8_999_999_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "2xx,200,true",
        "2xx,299,true",
        "2xx,302,false",
        "201,201,true",
        "201,200,false",
        "4xx,404,true",
        ",302,true",
        ",404,false"
    })
    void coversTheStatusItNamesAndElseAllThatAreNoErrors(String status, int replied, boolean covered) {
        assertThat(new CallPattern(null, "/v1/x", status).covers(replied)).isEqualTo(covered);
    }

    @Test
    void prefersThePathThatIsNamedAloneThenTheOlder() {
        CallPrice pattern = price("{'path':'/v1/{kind}'}", "{'perCall':'1'}");
        CallPrice newer = price("{'path':'/v1/**'}", "{'perCall':'2'}");
        CallPrice exact = price("{'path':'/v1/charges','method':'POST'}", "{'perCall':'3'}");
        PriceOverrides prices = new PriceOverrides(List.of(pattern, newer, exact));

        assertThat(prices.calls("stripe", "POST", "/v1/charges")).containsExactly(exact);
        assertThat(prices.calls("stripe", "GET", "/v1/charges")).containsExactly(pattern);
        assertThat(prices.calls("stripe", "GET", "/v1/charges/7")).containsExactly(newer);
        assertThat(prices.calls("other", "POST", "/v1/charges")).isEmpty();
    }

    @Test
    void leavesOutAPriceOfWhichEarlierOnesCoverEveryStatus() {
        CallPrice created = price("{'path':'/x','status':'201'}", "{'perCall':'1'}");
        CallPrice success = price("{'path':'/x','status':'2xx'}", "{'perCall':'2'}");
        CallPrice again = price("{'path':'/x','status':'202'}", "{'perCall':'3'}");
        CallPrice noError = price("{'path':'/*'}", "{'perCall':'4'}");
        CallPrice moved = price("{'path':'/*','status':'3xx'}", "{'perCall':'5'}");
        CallPrice mistake = price("{'path':'/*','status':'4xx'}", "{'perCall':'6'}");

        assertThat(new PriceOverrides(List.of(created, success, again, noError, moved, mistake))
                        .calls("stripe", "POST", "/x"))
                .containsExactly(created, success, noError, mistake);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'path':'/x'} | {'perCall':'0.05'}",
                "{'path':'/x'} | {'perCall':'29.99'}",
                "{'path':'/x'} | {'perCall':'8999999.999999999999999999'}",
                "{'method':'POST','path':'/v1/{id}/*','status':'2xx'} | {'perCall':'0','perValue':{'pointer':'/a~1b/0','rate':'0.5'},'max':'0.000000001'}"
            })
    void isWrittenAsItIsRead(String call, String charge) {
        CallPrice price = price(call, charge);

        assertThat(CallPriceShapes.call(price.call())).isEqualTo(json(call));
        assertThat(CallPriceShapes.charge(price)).isEqualTo(json(charge));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'path':'x'} | {'perCall':'1'} | path: x (expected: a pattern that starts with /)",
                "{'path':'/x','method':'post'} | {'perCall':'1'} | call.method: post (expected: a method in capital letters)",
                "{'path':'/x','status':'ok'} | {'perCall':'1'} | call.status: ok (expected: a status such as 201, or 2xx)",
                "{'path':'/x\\u0000'} | {'perCall':'1'} | path: a control character (expected: none)",
                "{'path':'/x'} | {'perValue':{'pointer':'/\\u0000','rate':'1'}} | pointer: a control character (expected: none)",
                "{'path':'/x','verb':'A'} | {'perCall':'1'} | call: verb (expected: method, path, status)",
                "{'path':'/x'} | {} | perCall: missing (expected: a price per call, or perValue)",
                "{'path':'/x'} | {'perCall':0.5} | perCall: 0.5 (expected: a decimal in quotes)",
                "{'path':'/x'} | {'perCall':'9000000'} | perCall: \"9000000\" (expected: at most 18 decimals, and less than 9 million)",
                "{'path':'/x'} | {'perCall':'1e-19'} | perCall: \"1e-19\" (expected: at most 18 decimals, and less than 9 million)",
                "{'path':'/x'} | {'perCall':'1','max':'2'} | max: \"2\" (expected: beside perValue only)",
                "{'path':'/x'} | {'perValue':{'pointer':'a','rate':'1'}} | perValue.pointer: a (expected: a JSON pointer such as /amount, of 16 steps and 200 characters at most)",
                "{'path':'/x'} | {'perValue':{'pointer':'/a~2','rate':'1'}} | perValue.pointer: /a~2 (expected: a JSON pointer such as /amount, of 16 steps and 200 characters at most)",
                "{'path':'/x'} | {'perValue':{'pointer':'/a','rate':'-1'}} | perValue.rate: \"-1\" (expected: a decimal, 0 or more)",
                "{'path':'/x'} | {'perValue':{'pointer':'/a','rate':'1'},'max':'0'} | max: \"0\" (expected: more than 0, at most 9 decimals, and less than 9 million)"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String call, String charge, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> price(call, charge))
                .withMessage(message);
    }

    private static CallPrice price(String call, String charge) {
        return CallPriceShapes.read(new PriceOverrideId(new UUID(0, 1)), "stripe", json(call), json(charge));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
