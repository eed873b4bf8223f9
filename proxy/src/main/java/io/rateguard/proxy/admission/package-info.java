/** What a request may cost before it is known, and the taking of it from every limit and budget, all or nothing. */
@NullMarked
package io.rateguard.proxy.admission;

import org.jspecify.annotations.NullMarked;
