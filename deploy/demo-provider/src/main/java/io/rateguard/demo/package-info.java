/**
 * A pretend provider: OpenAI chat, Anthropic messages and a plain REST API with exact, steerable usage figures. The same
 * request always gets the same answer; what should differ is asked for by {@code X-Demo-…} headers ({@link Knob}).
 */
@NullMarked
package io.rateguard.demo;

import org.jspecify.annotations.NullMarked;
