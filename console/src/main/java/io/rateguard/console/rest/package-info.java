/** What all resources of the management API share: paging, problem documents, limits on what is read. */
@NullMarked
package io.rateguard.console.rest;

import org.jspecify.annotations.NullMarked;
