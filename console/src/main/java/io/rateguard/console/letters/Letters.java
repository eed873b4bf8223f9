package io.rateguard.console.letters;

import io.rateguard.console.rest.RowIds;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.letter.Letter;
import io.rateguard.domain.secret.SecretBox;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queues letters with what they tell of: both are there, or neither. */
@Component
public class Letters {

    private final JdbcClient jdbc;
    private final SecretBox secrets;

    Letters(JdbcClient jdbc, SecretBox secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /**
     * Must run inside a transaction of the workspace.
     *
     * @param id of what it tells of, by which its delivery is found again
     */
    public void send(UUID id, WorkspaceId workspace, String to, Letter letter) {
        queue(id, workspace.value(), to, letter);
    }

    /** Of no workspace; must run inside a transaction of the address. */
    public void send(String to, Letter letter) {
        queue(RowIds.next(), null, to, letter);
    }

    private void queue(UUID id, @Nullable UUID workspace, String to, Letter letter) {
        jdbc.sql("insert into deliveries (id, workspace_id, mail_to, letter) values (:id, :workspace, :to, :letter)")
                .param("id", id)
                .param("workspace", workspace)
                .param("to", to)
                .param("letter", secrets.seal(letter.json(), id.toString()))
                .update();
    }
}
