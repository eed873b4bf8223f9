package io.rateguard.counters;

/**
 * A stretch of time in which what is counted of a workspace's budgets hangs together: it ends when the store has lost
 * something, or may have.
 *
 * @param number rises with each rebuild; {@link #NONE} while the store knows of no epoch
 */
public record Epoch(long number, State state) {

    /** No epoch. */
    public static final long NONE = 0;

    /** How far an epoch is. */
    public enum State {
        /** Nothing counted can be trusted, and nobody has begun to rebuild it. */
        LOST(""),
        /** Proxies report what they have charged and hold. */
        REBUILDING("rebuilding"),
        /** No proxy may report any more; what the ledger knows of all others is added. */
        CLOSING("closing"),
        TRUSTED("trusted");

        private final String name;

        State(String name) {
            this.name = name;
        }

        String scriptName() {
            return name;
        }

        static State ofScriptName(String name) {
            return switch (name) {
                case "rebuilding" -> REBUILDING;
                case "closing" -> CLOSING;
                case "trusted" -> TRUSTED;
                default -> LOST;
            };
        }
    }
}
