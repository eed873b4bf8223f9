/** What several features do alike. */
@NullMarked
package io.rateguard.console.common;

import org.jspecify.annotations.NullMarked;
