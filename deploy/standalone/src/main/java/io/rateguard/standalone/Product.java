package io.rateguard.standalone;

import io.rateguard.standalone.part.Program;
import io.rateguard.standalone.training.StartCaches;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The unpacked programs, as the build leaves them beside the one that is running.
 *
 * @param caches what their JVMs start from
 */
record Product(Path folder, StartCaches caches) {

    static Product running() {
        try {
            Path jar = Path.of(Product.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(jar)) {
                throw new StandaloneException("RateGuard runs from its built jars, not from " + jar
                        + " (expected: started by ./rateguard up)");
            }
            Path folder = jar.resolve("../..").normalize();
            return new Product(folder, StartCaches.of(folder));
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** The same, but its JVMs record what they load, for caches in that folder. */
    Product recordingIn(Path caches) {
        return new Product(folder, StartCaches.recordedIn(caches));
    }

    Program program(
            String name,
            String mainClass,
            List<String> jvmOptions,
            List<String> arguments,
            Map<String, String> environment) {
        return new Program(
                jar(name), folder.resolve("standalone-child.jar"), mainClass, jvmOptions, arguments, environment);
    }

    Path jar(String name) {
        return folder.resolve(name).resolve(name + ".jar");
    }
}
