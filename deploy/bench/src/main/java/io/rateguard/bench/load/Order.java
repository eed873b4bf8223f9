package io.rateguard.bench.load;

/**
 * What the load generator is told to do, as one line.
 *
 * @param streamed whether answers are streams of {@link Target#CHUNKS} chunks
 * @param ratePerSecond of the arrival schedule; 0 for a closed loop
 */
public record Order(
        int port,
        String path,
        String key,
        boolean streamed,
        int connections,
        double ratePerSecond,
        long warmMillis,
        long measuredMillis) {

    private static final int FIELDS = 8;

    boolean isOpen() {
        return ratePerSecond > 0;
    }

    Target target() {
        return new Target(port, path, key, streamed);
    }

    public String line() {
        return String.join(
                " ",
                Integer.toString(port),
                path,
                key,
                Boolean.toString(streamed),
                Integer.toString(connections),
                Double.toString(ratePerSecond),
                Long.toString(warmMillis),
                Long.toString(measuredMillis));
    }

    static Order parse(String line) {
        String[] fields = line.split(" ");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("order of " + fields.length + " fields (expected: " + FIELDS + ")");
        }
        return new Order(
                Integer.parseInt(fields[0]),
                fields[1],
                fields[2],
                Boolean.parseBoolean(fields[3]),
                Integer.parseInt(fields[4]),
                Double.parseDouble(fields[5]),
                Long.parseLong(fields[6]),
                Long.parseLong(fields[7]));
    }
}
