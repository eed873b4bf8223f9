/** The life of one request. {@link io.rateguard.proxy.request.Pipeline} shows the whole of it; each stage takes what
 * only the stage before produces, so that what was never admitted cannot be forwarded.
 */
@NullMarked
package io.rateguard.proxy.request;

import org.jspecify.annotations.NullMarked;
