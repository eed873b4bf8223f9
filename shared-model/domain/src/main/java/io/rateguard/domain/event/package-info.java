/** What happened, told to everything downstream: each request, recorded once, and each threshold of a budget crossed. */
@NullMarked
package io.rateguard.domain.event;

import org.jspecify.annotations.NullMarked;
