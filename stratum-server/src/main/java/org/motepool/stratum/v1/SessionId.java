package org.motepool.stratum.v1;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.motepool.store.Sessions;

/**
 * Names a connection to the device that has it, which may say it when it comes back. Random, so that no node gives one
 * twice and nobody takes another's.
 *
 * @param value 16 hex digits in lower case
 */
public record SessionId(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public SessionId {
        if (!Sessions.isId(value)) {
            throw new IllegalArgumentException("not a session id");
        }
    }

    public static SessionId random() {
        byte[] bytes = new byte[Sessions.ID_CHARACTERS / 2];
        RANDOM.nextBytes(bytes);
        return new SessionId(HexFormat.of().formatHex(bytes));
    }

    /** Empty for whatever was not given by this pool. */
    public static Optional<SessionId> ofWire(String text) {
        return Sessions.isId(text) ? Optional.of(new SessionId(text)) : Optional.empty();
    }
}
