/** Requests on screen: the log, read as far as one scrolls, and the account of one of them. */
@NullMarked
@NamedInterface("requests-on-screen")
package io.rateguard.console.requests.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
