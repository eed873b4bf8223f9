/** What alert rules can watch. */
@NullMarked
package io.rateguard.domain.alert;

import org.jspecify.annotations.NullMarked;
