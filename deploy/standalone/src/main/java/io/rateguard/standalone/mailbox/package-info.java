/**
 * A small mail server for those who have none: it takes what is sent to it, keeps the latest in memory and shows them on
 * a page. Whoever sends knows only an SMTP host and port.
 */
@NullMarked
package io.rateguard.standalone.mailbox;

import org.jspecify.annotations.NullMarked;
