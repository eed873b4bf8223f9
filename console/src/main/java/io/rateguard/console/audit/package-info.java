/**
 * What was changed, by whom and from where, and who signed in. The database writes the entries, each with the change it
 * tells of; here they are read.
 */
@NullMarked
package io.rateguard.console.audit;

import org.jspecify.annotations.NullMarked;
