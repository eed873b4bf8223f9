package io.rateguard.drills.alerts;

/** What a budget comes to once. */
record Threshold(String budget, int percent) {}
