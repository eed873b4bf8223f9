package io.rateguard.console;

import io.rateguard.console.setup.Bootstrap;
import io.rateguard.console.setup.DatabaseAccess;
import io.rateguard.console.setup.Migration;
import io.rateguard.console.setup.Resealing;
import io.rateguard.console.setup.SchemaGate;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Serves the console, or runs one of its commands: {@code migrate}, {@code bootstrap}, {@code reseal}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsoleMain {

    private static final Duration SCHEMA_DEADLINE = Duration.ofMinutes(5);

    private static final String USAGE = """
            usage: java -jar console.jar [COMMAND]
              (none)     serve the console and the management API
              migrate    bring the database to this version and give the service roles their passwords
              bootstrap  create the first workspace, its owner and a management token, where missing
              reseal     seal every secret anew under the first key of RATEGUARD_SECRET_KEY, where another one sealed it
            Settings come from the environment: RATEGUARD_POSTGRES_URL, _USER, _PASSWORD and the others named in deploy/settings/rateguard.env.sample.
            """;

    public static void main(String[] args) {
        String command = args.length == 0 || args[0].startsWith("--") ? "serve" : args[0];
        Map<String, String> environment = System.getenv();
        try {
            switch (command) {
                case "serve" -> serve(DatabaseAccess.of(environment), args);
                case "migrate" -> Migration.run(environment, System.out);
                case "bootstrap" -> Bootstrap.run(environment, System.out);
                case "reseal" -> Resealing.run(environment, System.out);
                default ->
                    throw new IllegalArgumentException("unknown command: " + command
                            + " (expected: migrate, bootstrap, reseal, or none to serve)\n" + USAGE);
            }
        } catch (IllegalArgumentException misuse) {
            System.err.println(misuse.getMessage());
            System.exit(2);
        } catch (IllegalStateException failure) {
            if (command.equals("serve")) {
                throw failure;
            }
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static void serve(DatabaseAccess database, String[] args) {
        SpringApplication application = new SpringApplication(ConsoleMain.class);
        application.addInitializers(context -> SchemaGate.await(database, SCHEMA_DEADLINE));
        application.run(args);
    }
}
