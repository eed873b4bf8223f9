package io.rateguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;

class SchemaIT {

    @Test
    void everyEntityFitsTheMigratedTables() {
        EntityManagerFactory factory = RunningConsole.get().context().getBean(EntityManagerFactory.class);

        assertThat(factory.getProperties()).containsEntry("hibernate.hbm2ddl.auto", "validate");
        assertThat(factory.getMetamodel().getEntities()).hasSize(18);
    }
}
