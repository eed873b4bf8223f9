package io.rateguard.console.alerts.ui;

/**
 * What a rule can be narrowed to.
 *
 * @param id as rules know it
 * @param name what people call it
 */
record Subject(String id, String name) {}
