package io.rateguard.proxy.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a request says beside its body.
 *
 * @param model the model, where the path names it: a Gemini model, an Azure deployment
 * @param parameters those of the query, decoded, and the headers that providers take for such
 */
public record Address(@Nullable String model, List<Parameter> parameters) {

    public static final Address NONE = new Address(null, List.of());

    /** The header by which Google leaves things out of a reply, the usage report too. */
    public static final String FIELD_MASK = "x-goog-fieldmask";

    private static final String API_VERSION = "api-version";

    public Address {
        parameters = List.copyOf(parameters);
    }

    public record Parameter(String name, String value) {}

    /**
     * Azure's parameter of that name.
     *
     * @throws InvalidRequest when it is given twice
     */
    @Nullable
    String apiVersion() {
        List<String> given = parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(API_VERSION))
                .map(Parameter::value)
                .toList();
        if (given.size() > 1) {
            throw new InvalidRequest("duplicate_field", API_VERSION + ": given twice (expected: once)");
        }
        return given.isEmpty() ? null : given.getFirst();
    }
}
