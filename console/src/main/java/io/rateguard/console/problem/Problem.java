package io.rateguard.console.problem;

import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/** A refusal with a status, a code that stays, and a sentence that names the value and what was expected. */
public final class Problem extends RuntimeException {

    /** The code of a change that was thought for what somebody else has changed since. */
    public static final String CHANGED_MEANWHILE = "changed_meanwhile";

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    private Problem(HttpStatus status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", detail);
    }

    public static Problem unknownField(String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "unknown_field", detail);
    }

    public static Problem notSupported(String detail) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "not_supported", detail);
    }

    public static Problem malformed(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "malformed", detail);
    }

    public static Problem unauthenticated() {
        return new Problem(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "a management token is expected: Authorization: Bearer rgm_…");
    }

    public static Problem forbidden(String detail) {
        return new Problem(HttpStatus.FORBIDDEN, "forbidden", detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(HttpStatus.NOT_FOUND, "not_found", detail);
    }

    public static Problem conflict(String code, String detail) {
        return new Problem(HttpStatus.CONFLICT, code, detail);
    }

    /** What a change was thought for is not what there is. */
    public static Problem changedMeanwhile(String detail) {
        return new Problem(HttpStatus.PRECONDITION_FAILED, CHANGED_MEANWHILE, detail);
    }

    public static Problem tooLarge(long mostBytes) {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE, "too_large", "body (expected: " + mostBytes + " bytes at most)");
    }

    public static Problem tooMany(String detail) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, "too_many", detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail);
    }

    /** Takes a value of the domain, whose own complaint about its parts becomes the caller's. */
    public static <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw invalid(String.valueOf(refused.getMessage()));
        }
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
