import os

import openai

client = openai.OpenAI(
    base_url=os.environ["RATEGUARD_PROXY"] + "/proxy/demo/v1",
    api_key=os.environ["RATEGUARD_KEY"],
)
question = {
    "model": "gpt-4o-mini",
    "max_tokens": 20,
    "messages": [{"role": "user", "content": "Say hello."}],
}

try:
    reply = client.chat.completions.with_raw_response.create(**question)
    print(reply.parse().choices[0].message.content)
    print("request", reply.headers["X-RateGuard-Request-Id"])
    print("cost in cents", reply.headers["X-RateGuard-Cost-Cents"])

    reply = client.chat.completions.with_raw_response.create(**question, stream=True)
    for chunk in reply.parse():
        if chunk.choices:
            print(chunk.choices[0].delta.content or "", end="", flush=True)
    print("\nrequest", reply.headers["X-RateGuard-Request-Id"])
except openai.RateLimitError as limited:  # 429
    print(limited.code, "- try again in", limited.response.headers.get("Retry-After"), "s")
except openai.APIStatusError as refused:  # 402 is a budget's
    print(refused.status_code, refused.code, "-", refused.body["message"])
