/**
 * What is kept, and for how long: a workspace says it of single requests, of one that was deleted nothing is kept, and
 * keys that were lent, and addresses that nobody proved to be theirs, are kept for a week. What is removed once may come again from a journal or Kafka, so it is looked
 * for until nothing can come.
 */
@NullMarked
package io.rateguard.alerts.retention;

import org.jspecify.annotations.NullMarked;
