package io.rateguard.console.shell;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * The scripts that the build names by their content. Vaadin would serve them too, but opens the whole archive anew for each of
 * the thirty that a first page asks for.
 */
@Configuration
class BuiltFiles {

    private static final Duration FOR_GOOD = Duration.ofDays(365);

    @Bean
    ResourceHttpRequestHandler builtFile() {
        ResourceHttpRequestHandler files = new ResourceHttpRequestHandler();
        files.setLocations(List.of(new ClassPathResource("META-INF/VAADIN/webapp/VAADIN/build/")));
        files.setResourceResolvers(List.of(new EncodedResourceResolver(), new PathResourceResolver()));
        files.setCacheControl(CacheControl.maxAge(FOR_GOOD).cachePublic().immutable());
        return files;
    }

    /** Before Vaadin, which takes whatever nobody else does. */
    @Bean
    HandlerMapping builtFileMapping(ResourceHttpRequestHandler builtFile) {
        return new SimpleUrlHandlerMapping(Map.of("/VAADIN/build/**", builtFile), Ordered.HIGHEST_PRECEDENCE);
    }
}
