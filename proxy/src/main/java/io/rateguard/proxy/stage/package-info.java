/** How far a request has come, each stage holding the one before; and how a request ends that goes no further. What is
 * done to it stands in other packages, which all know these types; these know none of them.
 */
@NullMarked
package io.rateguard.proxy.stage;

import org.jspecify.annotations.NullMarked;
