package org.motepool.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Bans;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** Bans by kind and subject, with their ends beside them; those that have ended leave room at the next write. */
final class RedisBans implements Bans {
    private final Calls calls;
    private final PoolClock clock;

    RedisBans(RedisLink link) {
        calls = link.calls("bans");
        clock = link.clock();
    }

    @Override
    public boolean put(Ban ban) throws StoreException {
        byte[] answer = calls.run(ScriptCall.ofText(
                Script.BAN_PUT,
                List.of(Keys.BANS, Keys.BANS_END),
                List.of(
                        Script.arg(field(ban.kind(), ban.subject())),
                        Json.write(ban),
                        Script.arg(ban.until() == FOR_EVER ? "+inf" : Long.toString(ban.until())),
                        Script.arg(clock.epochMillis()),
                        Script.arg(BANS_MAX))));
        return Script.text(answer).equals("put");
    }

    @Override
    public boolean remove(Kind kind, String subject) throws StoreException {
        String field = field(kind, subject);
        boolean held =
                all().stream().anyMatch(ban -> field(ban.kind(), ban.subject()).equals(field));
        calls.get(Keys.BANS, c -> c.hdel(Keys.BANS, field));
        calls.get(Keys.BANS_END, c -> c.zrem(Keys.BANS_END, Script.arg(field)));
        return held;
    }

    @Override
    public List<Ban> all() throws StoreException {
        long now = clock.epochMillis();
        Map<String, byte[]> fields = calls.get(Keys.BANS, c -> c.hgetall(Keys.BANS));
        List<Ban> bans = new ArrayList<>(fields.size());
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            Ban ban = Json.read(Keys.BANS + " " + field.getKey(), field.getValue(), Ban.class);
            if (ban.holdsAt(now)) {
                bans.add(ban);
            }
        }
        return List.copyOf(bans);
    }

    private static String field(Kind kind, String subject) {
        return kind + " " + subject;
    }
}
