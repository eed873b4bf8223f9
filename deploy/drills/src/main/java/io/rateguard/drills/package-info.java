/**
 * Breaks parts on purpose, or tries the worst, and holds what came of it against what the documents promise. A drill
 * prints its figures; a figure that breaks a promise makes it fail.
 */
@NullMarked
package io.rateguard.drills;

import org.jspecify.annotations.NullMarked;
