#!/usr/bin/env bash
# Messages with curl: whole, then streamed.
set -euo pipefail

ask() {
  curl -sS -i "$RATEGUARD_PROXY/proxy/demo/v1/messages" \
    -H "x-api-key: $RATEGUARD_KEY" \
    -H 'anthropic-version: 2023-06-01' \
    -H 'Content-Type: application/json' "$@"
  echo
}

ask -d '{"model":"claude-haiku-4-5","max_tokens":20,
         "messages":[{"role":"user","content":"Say hello."}]}'

# "TE: trailers" has the cost sent behind the stream, as X-RateGuard-Cost-Cents.
ask -N -H 'TE: trailers' \
  -d '{"model":"claude-haiku-4-5","max_tokens":20,"stream":true,
       "messages":[{"role":"user","content":"Say hello."}]}'
