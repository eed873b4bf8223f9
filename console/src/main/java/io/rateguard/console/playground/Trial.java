package io.rateguard.console.playground;

import io.rateguard.console.apis.SampleRequest;
import io.rateguard.domain.api.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as someone edits it.
 *
 * @param title what people call it
 * @param path what follows the address of the API at the proxy
 * @param headers one a line: {@code name: value}
 * @param body empty for none
 */
public record Trial(String title, String method, String path, String headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What to begin with, for an API of this profile. */
    public static List<Trial> of(Profile profile) {
        SampleRequest sample = SampleRequest.of(profile);
        if (sample.body() == null) {
            return List.of(new Trial("GET", "GET", sample.path(), "", ""));
        }
        ObjectNode body = (ObjectNode) JSON.readTree(sample.body());
        List<Trial> trials = new ArrayList<>();
        if (sample.streams()) {
            trials.add(post(
                    "Chat, streamed", sample.path(), sample, body.deepCopy().put("stream", true)));
        } else if (sample.streamPath() != null) {
            trials.add(post("Chat, streamed", sample.streamPath(), sample, body));
        }
        trials.add(post("Chat, at once", sample.path(), sample, body));
        trials.add(new Trial("Something else", "GET", "/", lines(sample.headers()), ""));
        return trials;
    }

    private static Trial post(String title, String path, SampleRequest sample, ObjectNode body) {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body);
        return new Trial(title, "POST", path, lines(sample.headers()), text);
    }

    private static String lines(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }
}
