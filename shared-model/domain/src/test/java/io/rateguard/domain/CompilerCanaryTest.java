package io.rateguard.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiler's checks can fall silent on a new JDK without a word: this proves that they still see. */
class CompilerCanaryTest {

    private static final String MAY_BE_NULL = """
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

    private static final String ZONE_OF_THE_MACHINE = """
            package canary;

            import java.time.LocalDate;
            import java.time.ZoneOffset;

            class Canary {
                LocalDate today() {
                    return LocalDate.now(%s);
                }
            }
            """;

    /** In Reactor's package stands a publisher as Reactor has them: no annotation says that its result matters. */
    private static final String NEVER_SUBSCRIBED = """
            package reactor.core.publisher;

            class Canary {
                Canary then(Runnable next) {
                    next.run();
                    return this;
                }

                Canary twice(Runnable next) {
                    %s then(next);
                    return then(next);
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void refusesToUseWhatMayBeNull() throws Exception {
        Compilation compilation = compile(MAY_BE_NULL.formatted("@Nullable"));

        assertThat(compilation.exitCode()).isNotZero();
        assertThat(compilation.output())
                .contains("error: [NullAway] dereferenced expression 'text' is @Nullable")
                .contains("1 error");
    }

    @Test
    void refusesTheTimeZoneOfTheMachine() throws Exception {
        Compilation compilation = compile(ZONE_OF_THE_MACHINE.formatted(""));

        assertThat(compilation.exitCode()).isNotZero();
        assertThat(compilation.output())
                .contains("error: [JavaTimeDefaultTimeZone] LocalDate.now()")
                .contains("1 error");
    }

    @Test
    void refusesAPublisherThatNobodyUses() throws Exception {
        Compilation compilation = compile(NEVER_SUBSCRIBED.formatted(""));

        assertThat(compilation.exitCode()).isNotZero();
        assertThat(compilation.output())
                .contains("error: [CheckReturnValue] The result of `then(...)` must be used")
                .contains("1 error");
    }

    @ParameterizedTest
    @MethodSource("withoutTheMistake")
    void acceptsTheSameWithoutTheMistake(String source) throws Exception {
        Compilation compilation = compile(source);

        assertThat(compilation.output()).isEmpty();
        assertThat(compilation.exitCode()).isZero();
    }

    static Stream<String> withoutTheMistake() {
        return Stream.of(
                MAY_BE_NULL.formatted(""),
                ZONE_OF_THE_MACHINE.formatted("ZoneOffset.UTC"),
                NEVER_SUBSCRIBED.formatted("Canary _ ="));
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
        command.add("-Xplugin:ErrorProne " + property("errorprone.flags"));
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
