import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;

public class AnthropicMessages {

    public static void main(String[] args) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(System.getenv("RATEGUARD_PROXY") + "/proxy/demo")
                .apiKey(System.getenv("RATEGUARD_KEY"))
                .build();
        MessageCreateParams question = MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(20)
                .addUserMessage("Say hello.")
                .build();
        try {
            whole(client, question);
            streamed(client, question);
        } catch (RateLimitException limited) { // 429
            System.out.println(limited.body() + " - try again in "
                    + limited.headers().values("Retry-After") + " s");
        } catch (AnthropicServiceException refused) { // 402 is a budget's
            System.out.println(refused.statusCode() + " - " + refused.body());
        } finally {
            client.close();
        }
    }

    static void whole(AnthropicClient client, MessageCreateParams question) {
        try (HttpResponseFor<Message> reply = client.withRawResponse().messages().create(question)) {
            System.out.println(reply.parse().content().get(0).asText().text());
            System.out.println("request " + reply.headers().values("X-RateGuard-Request-Id"));
            System.out.println("cost in cents " + reply.headers().values("X-RateGuard-Cost-Cents"));
        }
    }

    static void streamed(AnthropicClient client, MessageCreateParams question) {
        try (HttpResponseFor<StreamResponse<RawMessageStreamEvent>> reply =
                        client.withRawResponse().messages().createStreaming(question);
                StreamResponse<RawMessageStreamEvent> events = reply.parse()) {
            events.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(block -> block.delta().text().stream())
                    .forEach(text -> System.out.print(text.text()));
            System.out.println("\nrequest " + reply.headers().values("X-RateGuard-Request-Id"));
        }
    }
}
