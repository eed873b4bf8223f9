package io.rateguard.embedded;

/** How to reach a Redis server; the password is empty when it asks for none. */
public record RedisAccess(String host, int port, String password) {

    /** Without the password, as Redisson takes it. */
    public String address() {
        return "redis://" + host + ":" + port;
    }

    /** With the password, as most other clients take it. */
    public String url() {
        return password.isEmpty() ? address() : "redis://:" + password + "@" + host + ":" + port;
    }

    @Override
    public String toString() {
        return address();
    }
}
