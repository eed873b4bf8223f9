/** The call to the upstream, from hand-over to settlement. It outlives the caller: the upstream leg is subscribed on its
 * own, the caller takes what it wants of it, and every exchange ends in exactly one closed record and one settlement.
 */
@NullMarked
package io.rateguard.proxy.forward;

import org.jspecify.annotations.NullMarked;
