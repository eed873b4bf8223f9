/** What the sliding window's formula lets pass, held against a log of every request. */
@NullMarked
package io.rateguard.drills.window;

import org.jspecify.annotations.NullMarked;
