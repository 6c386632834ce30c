package org.motepool.store.redis;

import io.lettuce.core.SetArgs;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Sessions;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closed sessions by account: what each knew by its id, with their ends and their traits beside them. All of an account's
 * go together ten minutes after its last one.
 */
final class RedisSessions implements Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSessions.class);

    private final Calls calls;
    private final PoolClock clock;
    private final RedisLink link;
    private volatile @Nullable Key key;

    RedisSessions(RedisLink link) {
        this.link = link;
        calls = link.calls("sessions");
        clock = link.clock();
    }

    /** Of one connection to Redis: another one may have another key. */
    private record Key(Bytes bytes, long ofConnection) {}

    /** As it is stored, behind its trait. */
    private record Stored(int level, double shares, double exposure) {}

    @Override
    public void keep(List<Closed> closed) throws StoreException {
        byte[] secret = key();
        List<ScriptCall<byte[]>> scripts = new ArrayList<>(closed.size());
        for (Closed one : closed) {
            Known known = one.known();
            scripts.add(ScriptCall.ofText(
                    Script.SESSION_KEEP,
                    keys(one.trait().account()),
                    List.of(
                            Script.arg(oldest()),
                            Script.arg(PER_ACCOUNT_MAX),
                            Script.arg(KEPT.toMillis()),
                            Script.arg(one.sessionId()),
                            Script.arg(one.closedAt()),
                            Script.arg(SourceHash.of(one.trait(), secret)),
                            Json.write(new Stored(known.level(), known.shares(), known.exposure())))));
        }
        calls.runAll(scripts);
    }

    @Override
    public List<Optional<Known>> take(List<Claim> claims) throws StoreException {
        byte[] secret = key();
        List<ScriptCall<byte[]>> scripts = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            scripts.add(ScriptCall.ofText(
                    Script.SESSION_TAKE,
                    keys(claim.trait().account()),
                    List.of(
                            Script.arg(oldest()),
                            Script.arg(claim.sessionId().orElse("")),
                            Script.arg(SourceHash.of(claim.trait(), secret)))));
        }
        List<Optional<Known>> known = new ArrayList<>(claims.size());
        for (byte[] found : calls.runAll(scripts)) {
            known.add(read(Keys.sessions(claims.get(known.size()).trait().account()), found));
        }
        return known;
    }

    private static Optional<Known> read(String key, byte[] found) {
        if (found.length == 0) {
            return Optional.empty();
        }
        try {
            Stored stored = Json.read(key, found, Stored.class);
            return Optional.of(new Known(stored.level(), stored.shares(), stored.exposure()));
        } catch (StoreException e) {
            // Taken out already, so said once; its device begins anew.
            LOG.warn("what a closed session left is passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Entries that ended then or earlier are over. */
    private long oldest() {
        return clock.epochMillis() - KEPT.toMillis();
    }

    private static List<String> keys(AccountId account) {
        return List.of(Keys.sessions(account), Keys.sessionsEnd(account), Keys.sessionsTrait(account));
    }

    /** The pool's key for addresses: the first node makes it, and it lives in Redis alone. */
    private byte[] key() throws StoreException {
        Key held = key;
        if (held != null && held.ofConnection() == link.interruptions()) {
            return held.bytes().toArray();
        }
        long connection = link.interruptions();
        byte[] fresh = new byte[SourceHash.KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        var _ = calls.find(Keys.SESSIONS_KEY, c -> c.set(Keys.SESSIONS_KEY, fresh, SetArgs.Builder.nx()));
        byte[] agreed = calls.get(Keys.SESSIONS_KEY, c -> c.get(Keys.SESSIONS_KEY));
        if (agreed.length != SourceHash.KEY_BYTES) {
            throw new StoreException("the store's key " + Keys.SESSIONS_KEY + " holds no key of " + SourceHash.KEY_BYTES
                    + " bytes; delete it, and a new one is made");
        }
        key = new Key(Bytes.copyOf(agreed), connection);
        return agreed;
    }
}
