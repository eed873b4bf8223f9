/**
 * How a route reads the request and the provider's report of what was used. A dialect follows from the API's profile and
 * the path, never from what the client sends; bodies pass byte-exact, and what cannot be read is never taken for zero.
 * Which paths there are stands in the domain ({@link io.rateguard.domain.api.KnownPaths}), and what each one speaks;
 * {@link Routes} gives it its dialect. Adding a provider that speaks like OpenAI: its profile, its paths, and its {@link
 * Quirks}. Adding a language: a {@link io.rateguard.domain.api.Speech}, one {@link Dialect} with its request reader and
 * tally, and replies that spell out their arithmetic.
 */
@NullMarked
package io.rateguard.proxy.dialect;

import org.jspecify.annotations.NullMarked;
