package io.rateguard.console.apis.ui;

import io.rateguard.domain.api.Profile;

/** What people call the kinds of provider, and where each usually is. */
final class ProfileNames {

    private ProfileNames() {}

    static String of(Profile profile) {
        return switch (profile) {
            case OPENAI -> "OpenAI";
            case ANTHROPIC -> "Anthropic";
            case DEMO -> "Demo provider";
            case GENERIC -> "Any HTTP API";
        };
    }

    /** Empty where there is no usual place. */
    static String usualBaseUrl(Profile profile) {
        return switch (profile) {
            case OPENAI -> "https://api.openai.com";
            case ANTHROPIC -> "https://api.anthropic.com";
            case DEMO, GENERIC -> "";
        };
    }
}
