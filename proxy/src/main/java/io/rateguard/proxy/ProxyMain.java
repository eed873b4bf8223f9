package io.rateguard.proxy;

import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the proxy. Spring reads the settings and ends the process well; {@link Proxy} builds the rest by hand. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ProxyMain {

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && words.getFirst().equals(ShipMain.COMMAND)) {
            System.exit(ShipMain.run(words.subList(1, words.size())));
        }
        new SpringApplicationBuilder(ProxyMain.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @Bean(destroyMethod = "close")
    Proxy proxy(ProxyProperties properties) {
        Proxy proxy = Proxy.start(settings(properties));
        properties.tellPorts(proxy);
        return proxy;
    }

    private static ProxySettings settings(ProxyProperties properties) {
        try {
            return properties.settings();
        } catch (IllegalArgumentException wrong) {
            throw new ProxyNotStarted(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
