package io.rateguard.bench.load;

/**
 * What the load generator is told to do, as one line.
 *
 * @param ratePerSecond of the arrival schedule; 0 for a closed loop
 */
public record Order(
        int port,
        String path,
        String key,
        int connections,
        double ratePerSecond,
        long warmMillis,
        long measuredMillis) {

    private static final int FIELDS = 7;

    boolean isOpen() {
        return ratePerSecond > 0;
    }

    Target target() {
        return new Target(port, path, key);
    }

    public String line() {
        return String.join(
                " ",
                Integer.toString(port),
                path,
                key,
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
                Integer.parseInt(fields[3]),
                Double.parseDouble(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]));
    }
}
