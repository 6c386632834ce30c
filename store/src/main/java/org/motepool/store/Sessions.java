package org.motepool.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;

/**
 * What closed connections knew of their devices, so that the next connection of a device goes on from it, on any node of
 * the pool. Each entry serves once, within {@link #KEPT}. Of the address that a connection came from only a few bits of a
 * keyed hash are kept: enough to tell devices of one name apart, too few to tell where anyone is. Calls block.
 */
public interface Sessions {
    /** How long an entry may be taken. */
    Duration KEPT = Duration.ofMinutes(10);

    /** Entries of one account; more than its workers may be named, and the oldest makes room. */
    int PER_ACCOUNT_MAX = 4096;

    /** Characters of a session id. */
    int ID_CHARACTERS = 16;

    /** Keeps what connections knew; an entry of the same id is replaced. */
    void keep(List<Closed> closed) throws StoreException;

    /**
     * Takes an entry out for each claim, one claim after the other: that of its session id where there is one of the same
     * account, else the only one of the same trait; where several have it, or nobody can read it, none.
     *
     * @return as many, in the same order
     */
    List<Optional<Known>> take(List<Claim> claims) throws StoreException;

    /** Likewise for one. */
    default Optional<Known> take(Claim claim) throws StoreException {
        return take(List.of(claim)).getFirst();
    }

    /**
     * By what a device is known that names no session.
     *
     * @param deviceClass that it says to be, not that it was taken for
     * @param source network address, 4 or 16 bytes; empty where it is not known
     */
    record Trait(AccountId account, String worker, String deviceClass, Bytes source) {}

    /** @param sessionId that the device got of its last connection, if it said one */
    record Claim(Trait trait, Optional<String> sessionId) {
        public Claim {
            sessionId.ifPresent(Sessions::requireId);
        }
    }

    /**
     * The level that a device worked at, and what its shares tell of its rate.
     *
     * @param shares that came, as a weight
     * @param exposure in which they came: seconds by the hashes that a share of their level takes
     */
    record Known(int level, double shares, double exposure) {}

    /** @param closedAt milliseconds since 1970 */
    record Closed(String sessionId, Trait trait, long closedAt, Known known) {
        public Closed {
            requireId(sessionId);
        }
    }

    /** Whether a text may be a session id: {@link #ID_CHARACTERS} hex digits in lower case. */
    static boolean isId(String text) {
        return text.length() == ID_CHARACTERS
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static void requireId(String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException("a session id has " + ID_CHARACTERS + " hex digits in lower case");
        }
    }
}
