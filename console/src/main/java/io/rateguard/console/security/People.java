package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.RowIds;
import io.rateguard.domain.id.UserId;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accounts of people, by their e-mail addresses: whoever asks knows that the address is theirs. */
@Component
public class People {

    private final Tenancy tenancy;
    private final UserRepository users;
    private final JdbcClient jdbc;

    People(Tenancy tenancy, UserRepository users, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.users = users;
        this.jdbc = jdbc;
    }

    public Optional<Caller.Person> find(String email) {
        return tenancy.withEmail(
                email, () -> users.findByEmail(email).map(user -> new Caller.Person(new UserId(user.id), user.email)));
    }

    /**
     * Does the work in the name of the person with this address, who need not be signed in.
     *
     * @param account what they get who have none
     */
    public <T> T as(String email, Optional<NewAccount> account, Function<Caller.Person, T> work) {
        Optional<Caller.Person> known = find(email);
        Caller.Person person = known.orElseGet(() -> new Caller.Person(new UserId(RowIds.next()), email));
        return tenancy.withEmail(
                email,
                () -> tenancy.by(person, () -> {
                    if (known.isEmpty()) {
                        create(person, account.orElseThrow(() -> Problem.invalid("password: missing")));
                    }
                    return work.apply(person);
                }));
    }

    private void create(Caller.Person person, NewAccount account) {
        jdbc.sql("insert into users (id, email, name, password_hash) values (:id, :email, :name, :hash)")
                .param("id", person.user().value())
                .param("email", person.email())
                .param("name", account.name())
                .param("hash", account.passwordHash())
                .update();
    }

    /** @param passwordHash from {@link Passwords} */
    public record NewAccount(String name, String passwordHash) {}
}
