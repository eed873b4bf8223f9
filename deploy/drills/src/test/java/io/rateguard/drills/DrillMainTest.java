package io.rateguard.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillMainTest {

    private static final Path SCRIPT = Path.of("../../rateguard");

    @TempDir
    private Path folder;

    @Test
    void aDrillWritesWhatItPrintsAndCanBeRepeated() throws IOException {
        Said first = run("window", "--seed", "7");
        String written = Files.readString(folder.resolve("window.md"));
        Said again = run("window", "--seed", "7");

        assertThat(first.status()).isZero();
        assertThat(first.out()).isEqualTo(written + System.lineSeparator());
        assertThat(written)
                .startsWith("# window: ")
                .contains("`./rateguard drill window --seed 7`, in ")
                .contains("| even, nine tenths of the limit ");
        assertThat(figures(again)).isEqualTo(figures(first)).isNotEmpty();
    }

    @Test
    void anUnknownDrillIsRefusedNamingThoseThereAre() {
        Said said = run("dance");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.error())
                .startsWith("NAME: dance (expected: window, admission, policy, store, alerts or events)");
    }

    @Test
    void aSeedThatIsNoNumberIsRefused() {
        assertThat(run("window", "--seed", "x").status()).isEqualTo(2);
    }

    @Test
    void onlyTheDrillOfEventsIsToldHowMany() {
        assertThat(run("window", "--events", "20000").error())
                .startsWith("--events: 20000 (expected: none, as window sends what it needs)");
        assertThat(run("events", "--events", "19999").error()).startsWith("--events: 19999 (expected: 20000 or more)");
        assertThat(run("events", "--events", "many").status()).isEqualTo(2);
    }

    @Test
    void theScriptKnowsTheSameDrills() throws IOException {
        String script = Files.readString(SCRIPT);

        assertThat(script).contains("(expected: " + Drills.names() + ")");
        assertThat(Drills.ALL)
                .allSatisfy(drill -> assertThat(script).containsPattern("  " + drill.name() + " +" + drill.about()));
    }

    private Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", folder.toString(), "--programs", folder.toString()));
        PrintStream out = System.out;
        PrintStream error = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int status = DrillMain.run(all.toArray(String[]::new));
            return new Said(
                    status, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(error);
        }
    }

    private static List<String> figures(Said said) {
        return said.out().lines().filter(line -> line.startsWith("|")).toList();
    }

    private record Said(int status, String out, String error) {}
}
