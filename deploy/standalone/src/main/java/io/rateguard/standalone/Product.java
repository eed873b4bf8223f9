package io.rateguard.standalone;

import io.rateguard.standalone.part.Program;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The unpacked programs, as the build leaves them beside the one that is running. */
record Product(Path folder) {

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
            return new Product(jar.resolve("../..").normalize());
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
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
