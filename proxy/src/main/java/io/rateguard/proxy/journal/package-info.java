/**
 * The journal: what the proxy has recorded and Kafka may not have yet.
 *
 * <p>Words: each event loop writes one <em>journal</em> (an id, a sequence without gaps), a chain of <em>segments</em>;
 * {@link JournalFormat} says what is in them. A request leaves an <em>opened</em> record before it is forwarded and a
 * <em>closed</em> one at its end. Only closed records have sequences and travel to Kafka. The next start turns what was
 * opened and never closed into closed records with the outcome <em>interrupted</em>.
 *
 * <p>Always true:
 *
 * <ul>
 *   <li>The loop only writes memory. Segments are created, filled and mapped ahead by {@link SegmentStorage}, two for
 *       each journal.
 *   <li>A record counts once its length is there, and its length is written last: a process killed at any instruction
 *       leaves whole records only. The death of the machine may cost what the system had not written out; a damaged
 *       record ends its segment and is told in the log.
 *   <li>When no segment is ready (a slow or full disk) the loop goes on in an {@link OverflowSegment} on the heap, which
 *       the storage thread writes to disk; meanwhile there is no room for new requests, and nothing of it is shipped
 *       before it is on disk. A process killed in those moments loses that overflow: the one exception.
 *   <li>The {@link Shipper} alone reads, tracks what is open, and deletes. Segments go oldest first, when all in them is
 *       acknowledged, ten seconds after their last record, so that a restart finds what may not have been settled. Open
 *       records that would pin many segments are copied forward to a file that replaces them.
 *   <li>When the journals fill the space they may occupy, new requests are refused, or else ({@link WhenFull}) the oldest
 *       segment of all is given up, its events counted as dropped and its open records carried forward.
 *   <li>A journal is written by one run. The next run ships its rest under the same id and sequences, then removes it.
 * </ul>
 *
 * <p>A crash may repeat what Kafka has already: readers drop repeats by (journal, sequence).
 */
@NullMarked
package io.rateguard.proxy.journal;

import org.jspecify.annotations.NullMarked;
