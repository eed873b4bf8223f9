package io.rateguard.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The null checker can fall silent on a new JDK without a word: this proves that it still sees. */
class NullAwayCanaryTest {

    private static final String SOURCE = """
            package canary;

            import org.jspecify.annotations.NullMarked;
            import org.jspecify.annotations.Nullable;

            @NullMarked
            class Canary {
                int length(%s String text) {
                    return text.length();
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void refusesToUseWhatMayBeNull() throws Exception {
        Compilation compilation = compile(SOURCE.formatted("@Nullable"));

        assertThat(compilation.exitCode()).isNotZero();
        assertThat(compilation.output())
                .contains("error: [NullAway] dereferenced expression 'text' is @Nullable")
                .contains("1 error");
    }

    @Test
    void acceptsTheSameWithoutTheMistake() throws Exception {
        Compilation compilation = compile(SOURCE.formatted(""));

        assertThat(compilation.output()).doesNotContain("error");
        assertThat(compilation.exitCode()).isZero();
    }

    private Compilation compile(String source) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("Canary.java"), source);
        Path output = directory.resolve("javac.out");
        String classPath = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        for (String option : Files.readAllLines(Path.of(property("rateguard.jvmConfig")))) {
            command.add("-J" + option);
        }
        command.addAll(List.of("-XDcompilePolicy=simple", "--should-stop=ifError=FLOW"));
        command.add("-XDaddTypeAnnotationsToSymbol=true");
        command.add("-Xplugin:ErrorProne " + property("nullaway.flags"));
        command.addAll(List.of("-proc:none", "-processorpath", classPath, "-classpath", classPath));
        command.addAll(List.of("-d", directory.toString(), file.toString()));

        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        return new Compilation(javac.waitFor(), Files.readString(output));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as(name + ", passed by the pom").isNotBlank();
        return value;
    }

    private record Compilation(int exitCode, String output) {}
}
