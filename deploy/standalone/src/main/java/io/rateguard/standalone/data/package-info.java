/**
 * What is kept in the data folder between starts, and what other programs are told. The folder has mode 0700, its files
 * 0600; one launcher at a time owns it.
 */
@NullMarked
package io.rateguard.standalone.data;

import org.jspecify.annotations.NullMarked;
