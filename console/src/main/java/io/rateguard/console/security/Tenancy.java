package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret.SecretHash;
import java.util.Collections;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens transactions that see one tenant's rows only: each sets what row-level security asks for and who acts, until its
 * end. One within another is the same transaction, and sees what both may see. Outside of them the database shows nothing.
 */
@Component
public class Tenancy {

    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final Actor actor;

    Tenancy(PlatformTransactionManager transactions, JdbcClient jdbc, Actor actor) {
        this.transactions = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.actor = actor;
    }

    public <T> T in(WorkspaceId workspace, Supplier<T> work) {
        return with("rg.workspace", workspace.toString(), work);
    }

    public <T> T as(UserId user, Supplier<T> work) {
        return with("rg.user", user.toString(), work);
    }

    /** What there is of an address, whoever has it. */
    public <T> T withEmail(String email, Supplier<T> work) {
        return with("rg.email", email, work);
    }

    /** Where attempts are counted. */
    <T> T at(String[] doors, Supplier<T> work) {
        return with("rg.doors", String.join(",", doors), work);
    }

    /** What a link or a token opens, by its hash. */
    public <T> T withToken(SecretHash hash, Supplier<T> work) {
        return with("rg.token_hash", HexFormat.of().formatHex(hash.bytes()), work);
    }

    /** The rest of a transaction is this person's doing, who is not signed in; must run inside of one. */
    <T> T by(Caller.Person person, Supplier<T> work) {
        set("rg.actor", actor.json(person));
        return work.get();
    }

    private <T> T with(String setting, String value, Supplier<T> work) {
        return transactions.execute(status -> {
            if (status.isNewTransaction()) {
                set(setting, value, "rg.actor", actor.json());
            } else {
                set(setting, value);
            }
            return work.get();
        });
    }

    private void set(String... settingsAndValues) {
        String one = "set_config(?, ?, true)";
        String all = String.join(", ", Collections.nCopies(settingsAndValues.length / 2, one));
        jdbc.sql("select " + all).params((Object[]) settingsAndValues).query().singleRow();
    }
}
