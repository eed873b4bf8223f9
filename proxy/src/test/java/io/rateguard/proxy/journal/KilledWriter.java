package io.rateguard.proxy.journal;

import io.rateguard.domain.event.RequestEventJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that writes and ships as fast as it can, saying what it did, until it is killed. */
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        JournalSettings settings =
                new JournalSettings(Path.of(arguments[0]), 1, 1 << 20, 64 << 20, Duration.ofSeconds(1));
        Journals journals = Journals.open(settings, new SayingShipping(out), event -> {});
        JournalWriter writer = journals.writer(0);
        List<String> toSay = new ArrayList<>();
        for (long number = 0; ; number++) {
            writer.opened(SampleEvents.interrupted(number));
            toSay.add("opened " + number);
            long closing = number % 7 == 0 ? number - 700 : number;
            if (closing >= 0) {
                writer.closed(SampleEvents.completed(closing));
                toSay.add("closed " + closing);
            }
            if (journals.hasRoom()) {
                say(out, toSay);
            } else {
                while (!journals.hasRoom()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void say(PrintStream out, List<String> lines) {
        synchronized (out) {
            lines.forEach(out::println);
            out.flush();
        }
        lines.clear();
    }

    /** Says what it keeps before it acknowledges. */
    private record SayingShipping(PrintStream out) implements EventShipping {
        @Override
        public int partitions() {
            return 3;
        }

        @Override
        public void send(RecordedEvent event, Acknowledgement acknowledgement) {
            String id = RequestEventJson.decode(event.json()).requestId().value();
            say(out, new ArrayList<>(List.of("shipped " + event.journal() + " " + event.sequence() + " " + id)));
            acknowledgement.told(null);
        }

        @Override
        public void restart() {}

        @Override
        public void close() {}
    }
}
