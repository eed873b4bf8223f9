/**
 * The JVM of the embedded ClickHouse: the engine as a library, behind the part of ClickHouse's HTTP protocol that its
 * drivers use. It has one user and no roles, so it is for the product's own statements, never for a user's SQL. A result
 * is whole, in native memory, before its first byte is sent: an error is always an error status. The data of an INSERT
 * goes to the engine apart from its statement, in any bytes.
 */
@NullMarked
package io.rateguard.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
