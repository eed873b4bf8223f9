package io.rateguard.proxy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.rateguard.proxy.loops.Loops;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

/** Does on purpose what nobody may do: a watch that is silent on a new JDK must not go unnoticed. */
class WatchCanaryTest {

    @Test
    void complainsOfAnEventLoopThatBlocks() throws InterruptedException {
        try (Loops loops = new Loops(1)) {
            EventLoop loop = loops.all().getFirst();

            Future<?> blocked = loop.submit(WatchCanaryTest::sleep);
            Future<?> reads = loop.submit(WatchCanaryTest::readAFile);

            assertThat(blocked.await().cause()).isInstanceOf(BlockingOperationError.class);
            assertThat(reads.await().cause()).isInstanceOf(BlockingOperationError.class);
            assertThat(BlockingWatch.taken()).hasSize(2).first().asString().contains("sleep");
        }
    }

    @Test
    void noticesABufferThatIsNotReleased() {
        lose(PooledByteBufAllocator.DEFAULT);

        assertThat(LeakWatch.taken()).hasSize(1).first().asString().contains("WatchCanaryTest.lose");
    }

    private static void lose(ByteBufAllocator allocator) {
        allocator.directBuffer().writeByte(1);
    }

    private static int sleep() throws InterruptedException {
        Thread.sleep(1);
        return 0;
    }

    private static int readAFile() throws IOException {
        try (FileInputStream file = new FileInputStream(new File(System.getProperty("java.home"), "release"))) {
            return file.read();
        }
    }
}
