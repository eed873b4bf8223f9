/**
 * What happened, told to everything downstream: each request, recorded once, each threshold of a budget crossed, and each
 * correction of what a request costs.
 */
@NullMarked
package io.rateguard.domain.event;

import org.jspecify.annotations.NullMarked;
