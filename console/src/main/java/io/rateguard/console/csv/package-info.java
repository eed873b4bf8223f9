/** Lists as files for spreadsheets: how a record is written, and how a file is answered and ends. */
@NullMarked
package io.rateguard.console.csv;

import org.jspecify.annotations.NullMarked;
