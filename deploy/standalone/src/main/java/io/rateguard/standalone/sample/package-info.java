/**
 * The workspace {@code sample}: some weeks of invented traffic of a small company, so that every screen has something to
 * show before the first real request. Who calls whom, how often and for what is a plan ({@link
 * io.rateguard.standalone.sample.Workloads}, {@link io.rateguard.standalone.sample.Incidents}); what it costs and what is
 * refused follows from it by the product's own prices, budgets and limits. The history goes through Kafka as ordinary
 * events, of a journal of its own, and counts in the workspace's budgets. The same job always makes the same history, so
 * a job that was interrupted is simply done again.
 */
@NullMarked
package io.rateguard.standalone.sample;

import org.jspecify.annotations.NullMarked;
