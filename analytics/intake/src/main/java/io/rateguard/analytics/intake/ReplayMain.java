package io.rateguard.analytics.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** {@code intake.jar replay}: looks at the dead letters, and sends back those that can be read now. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, EventsSettings.class})
class ReplayMain {

    static final String COMMAND = "replay";

    private static final String USAGE = """
            usage: java -jar intake.jar replay [--list] [PLACE=FILE]…

            Sends the dead letters that can be read now back to the events, each once however often it is done.

              --list      only says where each was found, and why it could not be read
              PLACE=FILE  reads FILE in place of the letter that was found at PLACE (topic:partition:offset)
            """;

    private ReplayMain() {}

    /** The exit code: 0 when every letter was sent, 1 when some cannot be read, 2 when it was asked wrongly. */
    static int run(String[] arguments) {
        Map<String, byte[]> corrections = new HashMap<>();
        boolean isTrial = false;
        try {
            for (String argument : arguments) {
                if (argument.equals("--list")) {
                    isTrial = true;
                } else {
                    corrections.putAll(correction(argument));
                }
            }
            return run(corrections, isTrial);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + USAGE);
            return 2;
        } catch (IOException | KafkaException failure) {
            System.err.println(failure.getMessage());
            return 1;
        }
    }

    /** How many letters of which kind, and each that was not sent. */
    static String report(List<Replay.Outcome> outcomes, boolean isTrial) {
        StringBuilder text = new StringBuilder();
        Set<String> sent = new HashSet<>();
        Set<String> left = new HashSet<>();
        for (Replay.Outcome outcome : outcomes) {
            String place = outcome.letter().foundAt();
            if (isTrial) {
                text.append(place)
                        .append(": ")
                        .append(outcome.letter().reason())
                        .append(" → ");
                text.append(outcome.trouble().isEmpty() ? "can be read now" : outcome.trouble())
                        .append('\n');
            } else if (!outcome.trouble().isEmpty() && left.add(place)) {
                text.append(place).append(": ").append(outcome.trouble()).append('\n');
            }
            (outcome.trouble().isEmpty() ? sent : left).add(place);
        }
        return text.append(sent.size())
                .append(isTrial ? " to send, " : " sent, ")
                .append(left.size())
                .append(" cannot be read\n")
                .toString();
    }

    private static int run(Map<String, byte[]> corrections, boolean isTrial) {
        try (ConfigurableApplicationContext context = SpringApplication.run(ReplayMain.class)) {
            Replay replay = new Replay(context.getBean(KafkaSettings.class), context.getBean(EventsSettings.class));
            List<Replay.Outcome> outcomes = replay.run(corrections, isTrial);
            System.out.print(report(outcomes, isTrial));
            return outcomes.stream().allMatch(outcome -> outcome.trouble().isEmpty()) ? 0 : 1;
        }
    }

    private static Map<String, byte[]> correction(String argument) throws IOException {
        int equals = argument.indexOf('=');
        if (equals < 1 || argument.startsWith("--")) {
            throw new IllegalArgumentException("replay: " + argument + " (expected: --list, or PLACE=FILE)");
        }
        return Map.of(argument.substring(0, equals), Files.readAllBytes(Path.of(argument.substring(equals + 1))));
    }
}
