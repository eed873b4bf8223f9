/** Many callers at one limit and one budget, with all that goes wrong around them. */
@NullMarked
package io.rateguard.drills.admission;

import org.jspecify.annotations.NullMarked;
