/**
 * Who is calling and what they may do. People sign in with email address and password, programs with management
 * tokens; one table, {@link io.rateguard.console.security.Role}, decides for both. Row-level security in PostgreSQL is
 * the second lock.
 */
@NullMarked
package io.rateguard.console.security;

import org.jspecify.annotations.NullMarked;
