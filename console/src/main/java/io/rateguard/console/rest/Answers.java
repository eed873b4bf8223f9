package io.rateguard.console.rest;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The answers that all resources give alike. */
public final class Answers {

    private Answers() {}

    public static <T> ResponseEntity<T> created(T resource) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(resource);
    }

    public static <T> ResponseEntity<T> versioned(int version, T resource) {
        return ResponseEntity.ok().eTag(SeenVersion.tag(version)).body(resource);
    }
}
