/**
 * The processes of the product: how one is started, known to be ready, watched, started again and stopped.
 */
@NullMarked
package io.rateguard.standalone.part;

import org.jspecify.annotations.NullMarked;
