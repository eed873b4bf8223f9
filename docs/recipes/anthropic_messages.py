import os

import anthropic

client = anthropic.Anthropic(
    base_url=os.environ["RATEGUARD_PROXY"] + "/proxy/demo",
    api_key=os.environ["RATEGUARD_KEY"],
)
question = {
    "model": "claude-haiku-4-5",
    "max_tokens": 20,
    "messages": [{"role": "user", "content": "Say hello."}],
}

try:
    reply = client.messages.with_raw_response.create(**question)
    print(reply.parse().content[0].text)
    print("request", reply.headers["X-RateGuard-Request-Id"])
    print("cost in cents", reply.headers["X-RateGuard-Cost-Cents"])

    reply = client.messages.with_raw_response.create(**question, stream=True)
    for event in reply.parse():
        if event.type == "content_block_delta":
            print(event.delta.text, end="", flush=True)
    print("\nrequest", reply.headers["X-RateGuard-Request-Id"])
except anthropic.RateLimitError as limited:  # 429
    code = limited.body["error"]["code"]
    print(code, "- try again in", limited.response.headers.get("Retry-After"), "s")
except anthropic.APIStatusError as refused:  # 402 is a budget's
    error = refused.body["error"]
    print(refused.status_code, error["code"], "-", error["message"])
