/** What the proxy knows of each workspace: APIs, keys, limits and budgets, as immutable snapshots.
 *
 * <p>PostgreSQL is the source of truth; a change arrives by notification, in one thread that also does every load, so
 * that an older load never replaces a newer one. While PostgreSQL is away everything known is unverified, and served up
 * to {@code policy.max-stale}.
 */
@NullMarked
package io.rateguard.proxy.policy;

import org.jspecify.annotations.NullMarked;
