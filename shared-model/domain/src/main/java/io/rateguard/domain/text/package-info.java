/** The rule for texts that people and programs write. */
@NullMarked
package io.rateguard.domain.text;

import org.jspecify.annotations.NullMarked;
