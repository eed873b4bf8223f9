/**
 * The pieces that several screens are made of, and how figures are written on all of them. A screen of a workspace is
 * found by its slug, and only by its members.
 */
@NullMarked
@NamedInterface
package io.rateguard.console.common.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
