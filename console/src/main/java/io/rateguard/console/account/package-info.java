/** What people do with their own accounts, of whatever workspace they are. */
@NullMarked
package io.rateguard.console.account;

import org.jspecify.annotations.NullMarked;
