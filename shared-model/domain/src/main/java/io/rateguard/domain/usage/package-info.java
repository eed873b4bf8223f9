/** What a request used, as one vector of disjoint classes that prices apply to. */
@NullMarked
package io.rateguard.domain.usage;

import org.jspecify.annotations.NullMarked;
