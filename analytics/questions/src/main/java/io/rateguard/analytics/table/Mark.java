package io.rateguard.analytics.table;

import java.util.UUID;

/**
 * How far a journal was taken in from one partition.
 *
 * @param slot which of the journal's two rows holds it
 * @param uptoOffset it counts for blocks that start here or later
 * @param sequence the highest one taken in
 */
public record Mark(UUID journal, int slot, long uptoOffset, long sequence) {

    /** The mark after a later block; it leaves the one it follows in place. */
    public Mark followedBy(long laterUptoOffset, long laterSequence) {
        return new Mark(journal, 1 - slot, laterUptoOffset, laterSequence);
    }
}
