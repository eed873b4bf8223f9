package io.rateguard.proxy.dialect;

import org.jspecify.annotations.Nullable;

/**
 * What the address of a request says beside its body.
 *
 * @param model the model, where the path names it: a Gemini model, an Azure deployment
 * @param apiVersion Azure's query parameter of that name
 */
public record Address(@Nullable String model, @Nullable String apiVersion) {

    public static final Address NONE = new Address(null, null);
}
