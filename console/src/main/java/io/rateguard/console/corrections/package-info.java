/**
 * Corrections of what requests cost: rerates of a range of time at the prices of now, and what one request cost by somebody
 * who knows. They are written down here and done by the alerts service; requests stay as they were recorded.
 */
@NullMarked
package io.rateguard.console.corrections;

import org.jspecify.annotations.NullMarked;
