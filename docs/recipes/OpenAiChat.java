import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

public class OpenAiChat {

    public static void main(String[] args) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(System.getenv("RATEGUARD_PROXY") + "/proxy/demo/v1")
                .apiKey(System.getenv("RATEGUARD_KEY"))
                .build();
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .maxCompletionTokens(20)
                .addUserMessage("Say hello.")
                .build();
        try {
            whole(client, question);
            streamed(client, question);
        } catch (RateLimitException limited) { // 429
            System.out.println(limited.code().orElse("") + " - try again in "
                    + limited.headers().values("Retry-After") + " s");
        } catch (OpenAIServiceException refused) { // 402 is a budget's
            System.out.println(refused.statusCode() + " " + refused.code().orElse("") + " - " + refused.getMessage());
        } finally {
            client.close();
        }
    }

    static void whole(OpenAIClient client, ChatCompletionCreateParams question) {
        try (HttpResponseFor<ChatCompletion> reply =
                client.withRawResponse().chat().completions().create(question)) {
            System.out.println(reply.parse().choices().get(0).message().content().orElse(""));
            System.out.println("request " + reply.headers().values("X-RateGuard-Request-Id"));
            System.out.println("cost in cents " + reply.headers().values("X-RateGuard-Cost-Cents"));
        }
    }

    static void streamed(OpenAIClient client, ChatCompletionCreateParams question) {
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> reply =
                        client.withRawResponse().chat().completions().createStreaming(question);
                StreamResponse<ChatCompletionChunk> chunks = reply.parse()) {
            chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(System.out::print);
            System.out.println("\nrequest " + reply.headers().values("X-RateGuard-Request-Id"));
        }
    }
}
