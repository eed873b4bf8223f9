package io.rateguard.domain.price;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Renews the catalogue that ships with RateGuard from a file of genai-prices, and says what it left out. */
public final class CatalogueImportMain {

    private static final String USAGE = "usage: GENAI_PRICES_FILE CATALOGUE_FILE";

    private CatalogueImportMain() {}

    public static void main(String[] arguments) throws IOException {
        try {
            run(arguments, System.out);
        } catch (IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    static void run(String[] arguments, PrintStream out) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(USAGE);
        }
        Path file = Path.of(arguments[1]);
        LeftOut leftOut = new LeftOut();
        Catalogue source = GenaiPrices.read(Files.readAllBytes(Path.of(arguments[0])), leftOut);
        Catalogue renewed = CatalogueImport.renew(CatalogueReader.read(Files.readAllBytes(file)), source);
        Files.writeString(file, CatalogueWriter.write(renewed));
        out.println("Left out, by field:");
        leftOut.lines().forEach(line -> out.println("  " + line));
    }
}
