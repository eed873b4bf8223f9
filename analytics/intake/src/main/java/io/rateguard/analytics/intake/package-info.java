/**
 * Takes events from Kafka into ClickHouse, each exactly once. A <i>block</i> is a range of offsets of one partition: its
 * end is promised in the metadata of the committed offset before it is inserted, so that whoever comes after a crash
 * inserts the very same block again, which ClickHouse then passes over. <i>Marks</i> say how far each journal was taken
 * in, so that what a journal sends twice is dropped; a partition whose committed offset is lost is read again from its
 * start, through the marks of all journals. A block's requests and its adjustments go to a table each, one after the other;
 * a journal tells of one kind only, so what of it was inserted before a crash has no gaps. Nothing is committed that is
 * not in ClickHouse or among the dead letters; a dead letter may be there twice.
 */
@NullMarked
package io.rateguard.analytics.intake;

import org.jspecify.annotations.NullMarked;
