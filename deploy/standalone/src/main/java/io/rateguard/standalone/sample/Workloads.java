package io.rateguard.standalone.sample;

import io.rateguard.standalone.sample.Workload.Answer;
import io.rateguard.standalone.sample.Workload.Days;
import io.rateguard.standalone.sample.Workload.Pace;
import io.rateguard.standalone.sample.Workload.Prompt;
import io.rateguard.standalone.sample.Workload.Route;
import java.util.List;

/** Who calls whom, and for what. */
final class Workloads {

    private static final Route CHAT = new Route("POST", "/v1/chat/completions", "/v1/chat/completions");
    private static final Route MESSAGES = new Route("POST", "/v1/messages", "/v1/messages");
    private static final Route CHARGE = new Route("POST", "/rest/charges", "/rest/charges");
    private static final Route CUSTOMER = new Route("GET", "/rest/customers/cus_4711", "/rest/customers/{id}");
    private static final Days HACKATHON = new Days(24, Integer.MAX_VALUE);
    private static final Prompt NO_PROMPT = new Prompt(0, 0, 0);
    private static final Answer PLAIN = new Answer(0, 0, 0, 0);

    static final Workload SUPPORT_CHAT = new Workload(
            SampleKey.SUPPORT,
            SampleApi.ANTHROPIC,
            "claude-haiku-4-5",
            MESSAGES,
            Rhythm.HELPDESK,
            95,
            0.05,
            new Prompt(650, 2_600, 0),
            new Answer(260, 0, 1_024, 0.92),
            new Pace(420, 150),
            Days.ALL);

    static final Workload SUPPORT_HARD = new Workload(
            SampleKey.SUPPORT,
            SampleApi.ANTHROPIC,
            "claude-sonnet-5",
            MESSAGES,
            Rhythm.HELPDESK,
            40,
            0.08,
            new Prompt(1_100, 3_200, 400),
            new Answer(420, 0, 2_048, 0.92),
            new Pace(780, 75),
            Days.ALL);

    static final Workload SEARCH = new Workload(
            SampleKey.SEARCH,
            SampleApi.OPENAI,
            "gpt-5-mini",
            CHAT,
            Rhythm.SHOP,
            85,
            0.04,
            new Prompt(820, 512, 0),
            new Answer(260, 0.35, 800, 0),
            new Pace(340, 190),
            Days.ALL);

    static final Workload CHARGES = new Workload(
            SampleKey.CHECKOUT,
            SampleApi.PAYMENTS,
            null,
            CHARGE,
            Rhythm.SHOP,
            30,
            0.04,
            NO_PROMPT,
            PLAIN,
            new Pace(180, 0),
            Days.ALL);

    static final Workload CUSTOMERS = new Workload(
            SampleKey.CHECKOUT,
            SampleApi.PAYMENTS,
            null,
            CUSTOMER,
            Rhythm.SHOP,
            20,
            0.04,
            NO_PROMPT,
            PLAIN,
            new Pace(70, 0),
            Days.ALL);

    static final Workload REVIEW_DEEP = new Workload(
            SampleKey.REVIEW,
            SampleApi.ANTHROPIC,
            "claude-opus-5",
            MESSAGES,
            Rhythm.OFFICE,
            48,
            0.06,
            new Prompt(3_100, 14_000, 3_800),
            new Answer(1_150, 0, 8_192, 1),
            new Pace(1_500, 62),
            Days.ALL);

    static final Workload REVIEW_QUICK = new Workload(
            SampleKey.REVIEW,
            SampleApi.ANTHROPIC,
            "claude-sonnet-5",
            MESSAGES,
            Rhythm.OFFICE,
            80,
            0.03,
            new Prompt(2_400, 9_000, 2_400),
            new Answer(850, 0, 8_192, 1),
            new Pace(820, 78),
            Days.ALL);

    static final Workload INVOICES = new Workload(
            SampleKey.INVOICES,
            SampleApi.OPENAI,
            "gpt-5.4-mini",
            CHAT,
            Rhythm.NIGHT,
            138,
            0.05,
            new Prompt(4_200, 1_024, 0),
            new Answer(720, 0.2, 2_000, 0),
            new Pace(450, 160),
            Days.ALL);

    static final Workload NORTH = new Workload(
            SampleKey.NORTH,
            SampleApi.OPENAI,
            "gpt-5.4",
            CHAT,
            Rhythm.OFFICE,
            52,
            0.03,
            new Prompt(1_500, 640, 0),
            new Answer(760, 0.3, 4_096, 0.7),
            new Pace(640, 85),
            Days.ALL);

    static final Workload SOUTH = new Workload(
            SampleKey.SOUTH,
            SampleApi.OPENAI,
            "gpt-5.4",
            CHAT,
            Rhythm.OFFICE,
            24,
            0.14,
            new Prompt(1_300, 640, 0),
            new Answer(700, 0.3, 4_096, 0.7),
            new Pace(640, 85),
            Days.ALL);

    static final Workload HACKATHON_GPT = new Workload(
            SampleKey.HACKATHON,
            SampleApi.OPENAI,
            "gpt-5.4",
            CHAT,
            Rhythm.SHOP,
            150,
            -0.9,
            new Prompt(2_200, 0, 0),
            new Answer(900, 0.35, 4_096, 0.4),
            new Pace(660, 85),
            HACKATHON);

    static final Workload HACKATHON_CLAUDE = new Workload(
            SampleKey.HACKATHON,
            SampleApi.ANTHROPIC,
            "claude-sonnet-5",
            MESSAGES,
            Rhythm.SHOP,
            110,
            -0.9,
            new Prompt(2_600, 0, 0),
            new Answer(800, 0, 4_096, 0.4),
            new Pace(800, 78),
            HACKATHON);

    /** What someone forgot to switch off. */
    static final Workload HACKATHON_REST = new Workload(
            SampleKey.HACKATHON,
            SampleApi.OPENAI,
            "gpt-5-mini",
            CHAT,
            Rhythm.SHOP,
            9,
            0,
            new Prompt(1_800, 0, 0),
            new Answer(500, 0.35, 4_096, 0),
            new Pace(360, 190),
            HACKATHON);

    static final List<Workload> ALL = List.of(
            SUPPORT_CHAT,
            SUPPORT_HARD,
            SEARCH,
            CHARGES,
            CUSTOMERS,
            REVIEW_DEEP,
            REVIEW_QUICK,
            INVOICES,
            NORTH,
            SOUTH,
            HACKATHON_GPT,
            HACKATHON_CLAUDE,
            HACKATHON_REST);

    private Workloads() {}
}
