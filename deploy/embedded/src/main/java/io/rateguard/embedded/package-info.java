/**
 * Real PostgreSQL, Redis, Kafka and ClickHouse started from build artefacts, without Docker. Each part listens on
 * loopback only, keeps everything it needs to start again (port, password, data) in its own folder of mode 0700, and has
 * one owner at a time: the JVM that holds the folder's lock. Needs Linux on x86-64.
 */
@NullMarked
package io.rateguard.embedded;

import org.jspecify.annotations.NullMarked;
