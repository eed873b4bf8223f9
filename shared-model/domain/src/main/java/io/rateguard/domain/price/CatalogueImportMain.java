package io.rateguard.domain.price;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Renews the catalogue that ships with RateGuard from files of genai-prices and LiteLLM, and says what changes and what
 * it left out.
 */
public final class CatalogueImportMain {

    private static final String USAGE = "usage: GENAI_PRICES_FILE LITELLM_FILE CATALOGUE_FILE";

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
        if (arguments.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        Path file = Path.of(arguments[2]);
        LeftOut leftOut = new LeftOut();
        Catalogue prices = GenaiPrices.read(Files.readAllBytes(Path.of(arguments[0])), leftOut);
        Catalogue beside = LiteLlmPrices.read(Files.readAllBytes(Path.of(arguments[1])), prices.version(), leftOut);
        Catalogue present = CatalogueReader.read(Files.readAllBytes(file));
        Catalogue renewed = new CatalogueImport(present, prices, beside, Fees.load(), leftOut).renewed();
        Instant day =
                LocalDate.parse(renewed.version()).atStartOfDay(ZoneOffset.UTC).toInstant();
        out.println("Changed, in dollars per million:");
        new CatalogueDifference(new ShippedCatalogue(present), new ShippedCatalogue(renewed), day)
                .changes()
                .forEach(change -> out.println("  " + change.text()));
        Files.writeString(file, CatalogueWriter.write(renewed));
        out.println("Left out:");
        leftOut.lines().forEach(line -> out.println("  " + line));
    }
}
