package io.rateguard.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of the project, whose code blocks are named by a comment above them: {@code <!-- name -->}. */
record Document(Path file, String text) {

    static final Path ROOT = Path.of(System.getProperty("rateguard.root"));

    private static final Pattern NAMED_BLOCK = Pattern.compile("(?m)^<!-- (.+?) -->\n+```\\w*\n([\\s\\S]*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

    static Document read(String path) {
        Path file = ROOT.resolve(path);
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String block(String name) {
        return blocks().stream()
                .filter(block -> block.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + ": no code block <!-- " + name + " -->"))
                .code();
    }

    List<Block> blocks() {
        return NAMED_BLOCK
                .matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /** Links to files, as they are written. */
    List<String> links() {
        Matcher links = LINK.matcher(text);
        return links.results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    record Block(String name, String code) {}
}
