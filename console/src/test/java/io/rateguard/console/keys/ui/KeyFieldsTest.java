package io.rateguard.console.keys.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.Apis.Timeouts;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.id.ApiId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyFieldsTest {

    private static final Api OPENAI = api("openai");
    private static final Api GROQ = api("groq");

    @Test
    void anEmptiedListOfApisSaysThatItMeansAll() {
        KeyFields fields = fields(List.of("openai", "gone"));
        assertThat(fields.wanted().apis()).containsExactly("openai", "gone");

        apis(fields).clear();

        assertThat(fields.wanted().apis()).isNull();
        assertThat(apis(fields).getPlaceholder()).isEqualTo("All APIs, those to come too");
    }

    @Test
    void whereNoneOfItsApisIsThereAnyMoreItIsOpenedToNoneByAnEdit() {
        KeyFields fields = fields(List.of("gone"));
        assertThat(apis(fields).getPlaceholder()).isEqualTo("None that is there");

        apis(fields).setValue(Set.of(GROQ));
        assertThat(fields.wanted().apis()).containsExactly("groq");
        apis(fields).clear();

        assertThat(fields.wanted().apis()).containsExactly("gone");
    }

    private static KeyFields fields(List<String> apis) {
        Key key = SampleKey.keptTo(apis, List.of(), List.of(), List.of());
        return new KeyFields(List.of(OPENAI, GROQ), ExpiryChoice.of(key, ZoneOffset.UTC, Clock.systemUTC()), key);
    }

    @SuppressWarnings("unchecked")
    private static MultiSelectComboBox<Api> apis(KeyFields fields) {
        return (MultiSelectComboBox<Api>) fields.getComponentAt(2);
    }

    private static Api api(String slug) {
        return new Api(
                new ApiId(new UUID(0, slug.length())),
                slug,
                slug,
                Profile.GENERIC,
                "https://api.example",
                AuthType.NONE,
                null,
                List.of(),
                true,
                UnknownPaths.FLAT,
                "drain",
                new Timeouts(1, 1, 1),
                Instant.EPOCH,
                0);
    }
}
