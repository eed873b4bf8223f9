package io.rateguard.alerts.delivery;

import io.rateguard.domain.letter.Letter;
import java.net.URI;

/** A letter to one person. */
record Posted(String to, Letter letter, URI link) implements Outgoing {}
