/** What is written down of each request: as it stands when it is forwarded, and as it ended. */
@NullMarked
package io.rateguard.proxy.record;

import org.jspecify.annotations.NullMarked;
