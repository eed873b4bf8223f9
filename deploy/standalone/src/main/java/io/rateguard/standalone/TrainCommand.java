package io.rateguard.standalone;

import io.rateguard.standalone.training.Training;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The last step of a build, as the script does it: makes the AOT caches that let later starts be fast. */
@Command(name = "train", hidden = true, description = "Starts everything once on data that is thrown away, to learn.")
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Training training = new Training(Product.running().folder());
        Runtime.getRuntime().addShutdownHook(new Thread(training::close, "stop"));
        training.run();
        return 0;
    }
}
