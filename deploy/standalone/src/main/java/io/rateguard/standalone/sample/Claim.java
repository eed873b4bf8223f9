package io.rateguard.standalone.sample;

import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;

/**
 * What a request wants before it may go on.
 *
 * @param likely what it will use, as far as that can be told beforehand
 * @param ceiling the most it can cost
 */
record Claim(RequestFacts facts, long atMillis, Usage likely, Money likelyCost, Money ceiling) {}
