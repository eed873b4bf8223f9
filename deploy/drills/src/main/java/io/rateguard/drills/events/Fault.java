package io.rateguard.drills.events;

import io.rateguard.drills.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that happens to the parts.
 *
 * @param atEvent once so many events were made
 * @param happen returns what was seen of it; empty when it could not be brought about
 */
record Fault(String name, int atEvent, Function<Parts, String> happen) {

    private static final String DONE = "started again";

    /** After this share of the events nothing dies any more. */
    private static final double LAST = 0.95;

    /** All that is to happen, in an order and at moments that are drawn. */
    static List<Fault> drawn(Scale scale, Random random) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < scale.killsOfEach(); i++) {
            int number = i;
            faults.add(fault("proxy killed", parts -> parts.killProxy(number)));
            faults.add(fault("intake killed", parts -> parts.killIntake(number)));
            faults.add(fault("Kafka killed", parts -> parts.killKafka(Duration.ZERO)));
            faults.add(fault("ClickHouse killed", parts -> parts.killClickHouse(Duration.ZERO)));
        }
        String away = ", away for " + scale.away().toSeconds() + " s";
        faults.add(fault("Kafka killed" + away, parts -> parts.killKafka(scale.away())));
        faults.add(fault("ClickHouse killed" + away, parts -> parts.killClickHouse(scale.away())));
        faults.add(new Fault("ClickHouse and intakes killed between raw events and rollups", 0, parts -> {
            long lacking = parts.killBetweenRawAndViews();
            return lacking == 0 ? "" : Figures.count(lacking) + " raw events in no rollup, until repeated";
        }));
        faults.add(new Fault("intake frozen until its open block was taken over", 0, Parts::takeOverMidBlock));
        Collections.shuffle(faults, random);
        double share = LAST * scale.events() / faults.size();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            faults.set(i, new Fault(fault.name(), (int) (share * (i + random.nextDouble())), fault.happen()));
        }
        return faults;
    }

    private static Fault fault(String name, Consumer<Parts> happen) {
        return new Fault(name, 0, parts -> {
            happen.accept(parts);
            return DONE;
        });
    }
}
