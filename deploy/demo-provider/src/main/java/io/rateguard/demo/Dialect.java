package io.rateguard.demo;

import java.util.Map;

/** Who the demo provider pretends to be; decides the shape of errors. */
enum Dialect {
    OPENAI {
        @Override
        String error(Rejected rejected) {
            String param = rejected.param().isEmpty() ? "null" : Json.quoted(rejected.param());
            return "{\"error\":{\"message\":" + Json.quoted(rejected.text()) + ",\"type\":\"" + type(rejected.status())
                    + "\",\"param\":" + param + ",\"code\":" + code(rejected.status()) + "}}";
        }

        private String type(int status) {
            return switch (status) {
                case 429 -> "requests";
                default -> status >= 500 ? "server_error" : "invalid_request_error";
            };
        }

        private String code(int status) {
            return switch (status) {
                case 401 -> "\"invalid_api_key\"";
                case 404 -> "\"not_found\"";
                case 429 -> "\"rate_limit_exceeded\"";
                default -> "null";
            };
        }
    },
    ANTHROPIC {
        @Override
        String error(Rejected rejected) {
            return "{\"type\":\"error\",\"error\":{\"type\":\"" + type(rejected.status()) + "\",\"message\":"
                    + Json.quoted(rejected.text()) + "},\"request_id\":\"req_demo\"}";
        }

        private String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 402 -> "billing_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 504 -> "timeout_error";
                case 529 -> "overloaded_error";
                default -> status >= 500 ? "api_error" : "invalid_request_error";
            };
        }
    },
    GEMINI {
        @Override
        String error(Rejected rejected) {
            return "{\"error\":{\"code\":" + rejected.status() + ",\"message\":" + Json.quoted(rejected.text())
                    + ",\"status\":\"" + state(rejected.status()) + "\"}}";
        }

        private String state(int status) {
            return switch (status) {
                case 401 -> "UNAUTHENTICATED";
                case 404 -> "NOT_FOUND";
                case 429 -> "RESOURCE_EXHAUSTED";
                default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
            };
        }
    },
    REST {
        @Override
        String error(Rejected rejected) {
            String param = rejected.param().isEmpty() ? "null" : Json.quoted(rejected.param());
            return "{\"error\":{\"type\":\"" + (rejected.status() >= 500 ? "api_error" : "invalid_request_error")
                    + "\",\"message\":" + Json.quoted(rejected.text()) + ",\"param\":" + param + "}}";
        }
    };

    abstract String error(Rejected rejected);

    static Dialect ofPath(String path) {
        if (path.startsWith("/v1/messages")) {
            return ANTHROPIC;
        }
        if (path.startsWith("/v1beta/")) {
            return GEMINI;
        }
        return path.startsWith("/v1/") ? OPENAI : REST;
    }

    Reply reply(Rejected rejected, Behaviour behaviour) {
        Reply reply = Reply.json(rejected.status(), Json.bytes(error(rejected)));
        return switch (rejected.status()) {
            case 429, 503, 529 -> reply.with(Map.of("Retry-After", Long.toString(behaviour.retryAfterSeconds())));
            default -> reply;
        };
    }
}
