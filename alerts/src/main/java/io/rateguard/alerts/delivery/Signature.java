package io.rateguard.alerts.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a message is from RateGuard and new: HMAC-SHA-256, under the channel's secret, of the time of
 * sending, a full stop and the body. {@code docs/alerts.md} shows how it is checked.
 */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    /** Names the scheme, so that another can be added beside it. */
    private static final String VERSION = "v1=";

    private Signature() {}

    /** @param seconds since the epoch, at the time of sending */
    static String of(String secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return VERSION
                    + HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + ": missing in this Java", missing);
        }
    }
}
