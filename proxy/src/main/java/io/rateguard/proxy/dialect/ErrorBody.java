package io.rateguard.proxy.dialect;

/** The body of an error answer. */
public record ErrorBody(String contentType, byte[] bytes) {}
