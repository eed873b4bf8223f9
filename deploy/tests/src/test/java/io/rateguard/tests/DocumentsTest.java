package io.rateguard.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Documents that show files show them as they are. */
class DocumentsTest {

    private static final Document CLIENTS = Document.read("docs/clients.md");
    private static final Document FIRST_STEPS = Document.read("docs/first-steps.md");
    private static final Path RECIPES = Document.ROOT.resolve("docs/recipes");
    private static final Path PACKAGES = RECIPES.resolve("package.json");
    private static final Path REQUIREMENTS = RECIPES.resolve("requirements.txt");
    private static final Path PICTURES = Document.ROOT.resolve("docs/pictures");
    private static final long LARGEST_PICTURE = 200_000;

    @Test
    void clientsShowsEveryRecipeAsItIs() throws IOException {
        List<Path> recipes = files(RECIPES);

        assertThat(recipes).hasSize(10);
        recipes.removeAll(List.of(PACKAGES, REQUIREMENTS));
        for (Path recipe : recipes) {
            assertThat(CLIENTS.block("recipes/" + recipe.getFileName()))
                    .as(recipe.toString())
                    .isEqualTo(Files.readString(recipe));
        }
    }

    @Test
    void clientsNamesThePackagesThatAreTried() throws IOException {
        JsonMapper.shared()
                .readTree(Files.readString(PACKAGES))
                .path("dependencies")
                .forEachEntry(
                        (name, version) -> assertThat(CLIENTS.text()).contains(" " + name + "@" + version.asString()));
        for (String requirement : Files.readAllLines(REQUIREMENTS)) {
            assertThat(CLIENTS.text()).contains(" " + requirement);
        }
        for (String name : List.of("openai-java", "anthropic-java")) {
            assertThat(CLIENTS.text()).contains(":" + name + ":" + System.getProperty("rateguard." + name) + "\n");
        }
    }

    @Test
    void firstStepsShowsEveryPictureAndEachIsSmall() throws IOException {
        List<Path> pictures = files(PICTURES);

        assertThat(FIRST_STEPS.links().stream()
                        .filter(link -> link.startsWith("pictures/"))
                        .map(link -> FIRST_STEPS.file().resolveSibling(link)))
                .containsExactlyInAnyOrderElementsOf(pictures);
        for (Path picture : pictures) {
            assertThat(Files.size(picture)).as(picture.toString()).isLessThan(LARGEST_PICTURE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/first-steps.md",
                "docs/clients.md",
                "docs/playground.md",
                "docs/prices.md",
                "docs/architecture.md"
            })
    void linksLeadSomewhere(String path) {
        Document document = Document.read(path);

        assertThat(document.links())
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(document.file().resolveSibling(link)).exists());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().collect(Collectors.toList());
        }
    }
}
