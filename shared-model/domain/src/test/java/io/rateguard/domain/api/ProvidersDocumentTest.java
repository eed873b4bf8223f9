package io.rateguard.domain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/providers.md} says what the profiles are. */
class ProvidersDocumentTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
    private static final Path DOCUMENT = Path.of("../../docs/providers.md");

    @ParameterizedTest
    @EnumSource(Profile.class)
    void namesEachProfileWithItsAddressAndCredential(Profile profile) throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `" + profile.wireName() + "` |"))
                .toList();

        String address = profile.usualBaseUrl().isEmpty() ? " " : " `" + profile.usualBaseUrl() + "` ";
        String credential = profile.defaultAuthName() == null ? "" : " `" + profile.defaultAuthName() + "`";
        assertThat(rows)
                .singleElement()
                .asString()
                .startsWith("| `" + profile.wireName() + "` |" + address + "| "
                        + profile.defaultAuth().wireName() + credential + " |");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> links = LINK.matcher(Files.readString(DOCUMENT))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(DOCUMENT.resolveSibling(link)).exists());
    }
}
