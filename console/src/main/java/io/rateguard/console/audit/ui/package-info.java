/** The screen of the audit log. */
@NullMarked
package io.rateguard.console.audit.ui;

import org.jspecify.annotations.NullMarked;
