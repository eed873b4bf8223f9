package io.rateguard.domain.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueImportTest {

    private static final String SHIPPED = "/prices/catalogue.json";
    private static final String GENAI_PRICES = "/prices/genai-prices.json";

    private static final String LITELLM = "/prices/litellm-sample.json";

    private static final Fees NO_FEES = new Fees(catalogue("4", Map.of()));

    @TempDir
    Path folder;

    @Test
    void shipsWhatTheImportMakesOfItsSources() throws IOException {
        Path catalogue = copy(SHIPPED);
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        CatalogueImportMain.run(
                new String[] {copy(GENAI_PRICES).toString(), copy(LITELLM).toString(), catalogue.toString()},
                new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(Files.readString(catalogue))
                .isEqualTo(new String(ShippedCatalogueTest.shippedJson(), StandardCharsets.UTF_8));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("Changed, in dollars per million:\nLeft out:\n")
                .contains("price_comments: 116 (");
    }

    @Test
    void readsWhatItWrites() {
        Catalogue catalogue = CatalogueReader.read(ShippedCatalogueTest.shippedJson());

        Catalogue again = CatalogueReader.read(CatalogueWriter.write(catalogue).getBytes(StandardCharsets.UTF_8));

        assertThat(CatalogueWriter.write(again)).isEqualTo(CatalogueWriter.write(catalogue));
        assertThat(again.providers().get("deepseek").getFirst().prices())
                .isEqualTo(catalogue.providers().get("deepseek").getFirst().prices());
    }

    @Test
    void keepsWhatOnlyThePresentCatalogueKnows() {
        Catalogue present = catalogue(
                "1",
                Map.of("p", List.of(model("m", OptionalLong.of(5))), "own", List.of(model("o", OptionalLong.of(7)))));
        Catalogue source = catalogue(
                "2", Map.of("p", List.of(model("m", OptionalLong.empty()), model("new", OptionalLong.empty()))));

        Catalogue renewed =
                new CatalogueImport(present, source, catalogue("3", Map.of()), NO_FEES, new LeftOut()).renewed();

        assertThat(renewed.version()).isEqualTo("2");
        assertThat(renewed.providers())
                .containsOnly(
                        Map.entry("p", List.of(model("m", OptionalLong.of(5)), model("new", OptionalLong.empty()))),
                        Map.entry("own", List.of(model("o", OptionalLong.of(7)))));
    }

    private static Catalogue catalogue(String version, Map<String, List<CataloguedModel>> providers) {
        return new Catalogue(version, List.of(), providers);
    }

    private static CataloguedModel model(String id, OptionalLong maxOutputTokens) {
        return new CataloguedModel(id, new NameRule.Equals(id), maxOutputTokens, List.of());
    }

    private Path copy(String resource) throws IOException {
        return Files.write(folder.resolve(resource.substring(resource.lastIndexOf('/') + 1)), resource(resource));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CatalogueImportTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
