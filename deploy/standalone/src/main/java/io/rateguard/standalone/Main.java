package io.rateguard.standalone;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The Java side of the script {@code rateguard}. */
@Command(
        name = "rateguard",
        description = "A smart proxy that limits, prices and budgets the calls to paid APIs.",
        subcommands = {UpCommand.class, TrainCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setOverwrittenOptionsAllowed(false);
        line.setParameterExceptionHandler((misuse, given) -> {
            PrintWriter err = misuse.getCommandLine().getErr();
            err.println("rateguard: " + misuse.getMessage());
            err.println("See: ./rateguard "
                    + (misuse.getCommandLine().getCommandName().equals("up") ? "up --help" : "--help"));
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, itself, parsed) -> {
            if (!(failure instanceof StandaloneException)) {
                throw failure;
            }
            itself.getErr().println("rateguard: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }
}
