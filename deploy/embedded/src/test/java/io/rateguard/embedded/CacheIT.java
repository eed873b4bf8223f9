package io.rateguard.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheIT {

    @TempDir
    Path root;

    @Test
    void fillsAFolderOnceHoweverManyAskAtOnce() throws Exception {
        AtomicInteger fillings = new AtomicInteger();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Path>> folders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                folders.add(threads.submit(() -> new Cache(root).folder("tool", folder -> {
                    fillings.incrementAndGet();
                    Files.writeString(folder.resolve("content"), "whole");
                })));
            }
            for (Future<Path> each : folders) {
                assertThat(each.get().resolve("content")).hasContent("whole");
            }
        }

        assertThat(fillings).hasValue(1);
    }

    @Test
    void keepsNothingOfAFillingThatFailed() throws Exception {
        Cache cache = new Cache(root);

        assertThatThrownBy(() -> cache.folder("tool", folder -> {
                    Files.writeString(folder.resolve("content"), "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
        assertThat(cache.folder("tool", folder -> Files.writeString(folder.resolve("content"), "whole")))
                .isDirectoryContaining(file -> file.endsWith("content"));
    }

    @Test
    void refusesAnEngineWithAnotherDigest() throws Exception {
        Path folder = Files.createDirectory(root.resolve(ClickHouseLibrary.folderName()));
        Files.writeString(folder.resolve("libchdb.so"), "not the engine");

        assertThatThrownBy(() -> new ClickHouseLibrary(new Cache(root)).file())
                .isInstanceOf(EmbeddedPartException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("expected: 36ad4e99")
                .hasMessageContaining("delete the folder " + folder);
    }
}
