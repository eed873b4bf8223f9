/** The pages of one's own account. */
@NullMarked
package io.rateguard.console.account.ui;

import org.jspecify.annotations.NullMarked;
