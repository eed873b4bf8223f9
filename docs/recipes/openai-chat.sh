#!/usr/bin/env bash
# Chat completions with curl: whole, then streamed.
set -euo pipefail

ask() {
  curl -sS -i "$RATEGUARD_PROXY/proxy/demo/v1/chat/completions" \
    -H "Authorization: Bearer $RATEGUARD_KEY" \
    -H 'Content-Type: application/json' "$@"
  echo
}

ask -d '{"model":"gpt-4o-mini","max_tokens":20,
         "messages":[{"role":"user","content":"Say hello."}]}'

# "TE: trailers" has the cost sent behind the stream, as X-RateGuard-Cost-Cents.
ask -N -H 'TE: trailers' \
  -d '{"model":"gpt-4o-mini","max_tokens":20,"stream":true,
       "messages":[{"role":"user","content":"Say hello."}]}'
