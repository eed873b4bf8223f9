/**
 * What a workspace spent and did, in a look. Money comes from the rollups of ClickHouse, days and months are those of
 * the workspace's zone, and the forecast is a plain continuation that says so.
 */
@NullMarked
package io.rateguard.console.overview;

import org.jspecify.annotations.NullMarked;
