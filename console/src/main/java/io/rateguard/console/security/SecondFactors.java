package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.UserId;
import io.rateguard.domain.secret.SecretBox;
import io.rateguard.domain.secret.Totp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Codes of authenticator apps beside the password, and recovery codes in place of a lost app. Each works once. */
@Service
public class SecondFactors {

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final int GROUP_CHARS = 4;

    private final SecureRandom random = new SecureRandom();
    private final Tenancy tenancy;
    private final CurrentCaller callers;
    private final JdbcClient jdbc;
    private final SecretBox secrets;
    private final Clock clock;

    SecondFactors(Tenancy tenancy, CurrentCaller callers, JdbcClient jdbc, SecretBox secrets, Clock clock) {
        this.tenancy = tenancy;
        this.callers = callers;
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whether who is signed in has one. */
    public boolean isOn() {
        UserId user = callers.person().user();
        return tenancy.as(
                user,
                () -> jdbc.sql("select totp_sealed is not null from users where id = :id")
                        .param("id", user.value())
                        .query(Boolean.class)
                        .single());
    }

    public byte[] newSecret() {
        return Totp.newSecret(random);
    }

    /**
     * Asks for a code from the next sign-in on.
     *
     * @param code shows that an app knows the secret
     * @return recovery codes, which nobody is shown again
     */
    public List<String> turnOn(byte[] secret, String code) {
        UserId user = callers.person().user();
        long step = Totp.step(secret, code.strip(), clock.instant())
                .orElseThrow(
                        () -> Problem.invalid("code: another one (expected: the six digits that the app shows now)"));
        List<String> recovery =
                Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        int changed = tenancy.as(
                user,
                () -> jdbc.sql("""
                        update users set totp_sealed = :sealed, totp_step = :step, recovery_hashes = :hashes,
                          version = version + 1
                        where id = :id and totp_sealed is null""")
                        .param("sealed", secrets.seal(HexFormat.of().formatHex(secret), user.toString()))
                        .param("step", step)
                        .param(
                                "hashes",
                                recovery.stream().map(SecondFactors::hash).toArray(String[]::new))
                        .param("id", user.value())
                        .update());
        if (changed == 0) {
            throw Problem.conflict("second_factor_is_on", "second factor: on (expected: turned off first)");
        }
        return recovery;
    }

    /** The password alone will do again. */
    public void turnOff() {
        UserId user = callers.person().user();
        tenancy.as(
                user,
                () -> jdbc.sql("update users set totp_sealed = null, recovery_hashes = '{}', version = version + 1"
                                + " where id = :id")
                        .param("id", user.value())
                        .update());
    }

    /** Whether it is a code of now, or a recovery code, that was not used before; it is used now. */
    boolean redeem(Caller.Person person, String code) {
        return tenancy.as(
                person.user(),
                () -> tenancy.by(person, () -> {
                    Factor factor = jdbc.sql("select totp_sealed, totp_step from users where id = :id for update")
                            .param("id", person.user().value())
                            .query((row, number) -> new Factor(row.getBytes("totp_sealed"), row.getLong("totp_step")))
                            .single();
                    byte[] secret = HexFormat.of()
                            .parseHex(
                                    secrets.open(factor.sealed(), person.user().toString()));
                    OptionalLong step = Totp.step(secret, code.strip(), clock.instant());
                    return step.isPresent()
                            ? step.getAsLong() > factor.lastStep() && useStep(person.user(), step.getAsLong())
                            : useRecovery(person.user(), hash(code));
                }));
    }

    private boolean useStep(UserId user, long step) {
        return jdbc.sql("update users set totp_step = :step, version = version + 1 where id = :id")
                        .param("step", step)
                        .param("id", user.value())
                        .update()
                == 1;
    }

    private boolean useRecovery(UserId user, String hash) {
        return jdbc.sql("""
                        update users set recovery_hashes = array_remove(recovery_hashes, :hash), version = version + 1
                        where id = :id and :hash = any (recovery_hashes)""").param("hash", hash).param("id", user.value()).update() == 1;
    }

    /** {@code ABCD-EFGH-IJKL-MNOP}. */
    private String recoveryCode() {
        byte[] bytes = new byte[RECOVERY_BYTES];
        random.nextBytes(bytes);
        return Totp.base32(bytes).replaceAll("(.{" + GROUP_CHARS + "})(?=.)", "$1-");
    }

    /** However it is typed. */
    private static String hash(String recoveryCode) {
        String plain = recoveryCode.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private record Factor(byte[] sealed, long lastStep) {}
}
