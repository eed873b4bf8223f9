package io.rateguard.demo;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Takes a call to the API that answers it; what is wrong with it becomes an error in the caller's dialect. */
final class Switchboard {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT_TOKENS = "/v1/messages/count_tokens";
    private static final Set<String> PROMPTED =
            Set.of(CHAT, MESSAGES, COUNT_TOKENS, OpenAiResponses.PATH, OpenAiEmbeddings.PATH);

    private final DemoSettings settings;
    private final Faults faults;
    private final OpenAiChat chat = new OpenAiChat();
    private final AnthropicMessages messages = new AnthropicMessages();
    private final OpenAiResponses responses = new OpenAiResponses();
    private final StripeApi stripe = new StripeApi();
    private final RestApi rest = new RestApi();

    Switchboard(DemoSettings settings) {
        this.settings = settings;
        this.faults = new Faults(settings.errorRate(), settings.seed());
    }

    /** The reply and how it shall be sent. */
    record Answer(Reply reply, Behaviour behaviour) {}

    Answer answer(Call call) {
        Dialect dialect = Dialect.ofPath(call.path());
        Behaviour behaviour = settings.behaviour();
        try {
            behaviour = Steering.fromHeaders(call.headers(), behaviour);
            requireKey(call);
            JsonNode prompt = isPrompted(call.path()) ? prompt(call) : MissingNode.getInstance();
            behaviour = Steering.fromMetadata(prompt, call.headers(), behaviour);
            fail(behaviour, dialect);
            return new Answer(reply(call, prompt, behaviour), behaviour);
        } catch (Rejected rejected) {
            return new Answer(dialect.reply(rejected, behaviour), behaviour);
        }
    }

    private static boolean isPrompted(String path) {
        return PROMPTED.contains(path) || path.startsWith(Gemini.ROOT);
    }

    private void requireKey(Call call) {
        settings.key().ifPresent(key -> {
            if (!call.credential().filter(key::equals).isPresent()) {
                throw new Rejected(401, "Incorrect API key provided");
            }
        });
    }

    private static JsonNode prompt(Call call) {
        if (!call.method().equals("POST")) {
            throw new Rejected(405, call.method() + " " + call.path() + " (expected: POST)");
        }
        return Json.object(call.body());
    }

    private void fail(Behaviour behaviour, Dialect dialect) {
        if (behaviour.has(Knob.STATUS)) {
            throw new Rejected((int) behaviour.get(Knob.STATUS), "The demo provider was asked to fail");
        }
        faults.next(dialect).ifPresent(status -> {
            throw new Rejected(status, "The demo provider fails now and then");
        });
    }

    private Reply reply(Call call, JsonNode prompt, Behaviour behaviour) {
        return switch (call.path()) {
            case CHAT -> chat.complete(prompt, behaviour);
            case MESSAGES -> messages.answer(prompt, behaviour);
            case COUNT_TOKENS -> messages.count(prompt, behaviour);
            case OpenAiResponses.PATH -> responses.create(prompt, behaviour);
            case OpenAiEmbeddings.PATH -> OpenAiEmbeddings.create(prompt, behaviour);
            default -> {
                if (call.path().startsWith(RestApi.ROOT)) {
                    yield rest.answer(call);
                }
                if (call.path().startsWith(Gemini.ROOT)) {
                    yield Gemini.answer(call, prompt, behaviour);
                }
                if (call.path().startsWith(OpenAiResponses.PATH + "/")
                        && call.method().equals("GET")) {
                    yield responses.find(call.path().substring(OpenAiResponses.PATH.length() + 1));
                }
                if (StripeApi.answers(call.path())) {
                    yield stripe.answer(call);
                }
                if (call.path().equals(MODELS) && call.method().equals("GET")) {
                    yield chat.models();
                }
                throw Rejected.unknownPath(call.method(), call.path());
            }
        };
    }
}
