package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The one place that turns what went wrong into an RFC 9457 problem document with a stable {@code code}. */
@RestControllerAdvice
class ProblemHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(Exception failure) {
        Optional<Problem> problem = problem(failure);
        if (problem.isPresent()) {
            return document(
                    problem.get().status(), problem.get().code(), problem.get().detail());
        }
        if (failure instanceof ErrorResponse response) {
            HttpStatusCode status = response.getStatusCode();
            String detail = response.getBody().getDetail();
            return document(status, code(status), detail == null ? "" : detail);
        }
        log.error("management API request failed", failure);
        return document(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "something went wrong here; it has been logged");
    }

    private static Optional<Problem> problem(Exception failure) {
        return KnownFailures.problem(failure).or(() -> requestProblem(failure));
    }

    private static Optional<Problem> requestProblem(Exception failure) {
        return switch (failure) {
            case HttpMessageNotReadableException unreadable ->
                Optional.of(UnreadableBody.problem(unreadable.getCause()));
            case MethodArgumentTypeMismatchException mismatch ->
                Optional.of(Problem.invalid(mismatch.getName() + ": " + mismatch.getValue() + " (expected: "
                        + UnreadableBody.expected(mismatch.getRequiredType()) + ")"));
            default -> Optional.empty();
        };
    }

    private static String code(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 415 -> "unsupported_media_type";
            default -> status.is4xxClientError() ? "invalid" : "internal";
        };
    }

    private static ResponseEntity<ProblemDetail> document(HttpStatusCode status, String code, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setProperty("code", code);
        return ResponseEntity.status(status).body(document);
    }
}
