package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for every path of the API that no resource has; the screens would otherwise answer with a page. */
@Hidden
@RestController
class UnknownPathController {

    @RequestMapping("/api/**")
    void unknown(HttpServletRequest request) {
        throw Problem.notFound(request.getMethod() + " " + request.getRequestURI() + ": no such resource");
    }
}
