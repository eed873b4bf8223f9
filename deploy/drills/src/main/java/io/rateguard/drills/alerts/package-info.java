/** How soon people and programs hear that a budget came to a threshold, and that they hear it once. */
@NullMarked
package io.rateguard.drills.alerts;

import org.jspecify.annotations.NullMarked;
