/**
 * The alerts service: rules, what they came upon, and telling people of it. What is to be told is written down together
 * with why, and told by whoever gets to it: any number of these services do it once.
 */
@NullMarked
package io.rateguard.alerts;

import org.jspecify.annotations.NullMarked;
