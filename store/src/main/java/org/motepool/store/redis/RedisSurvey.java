package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/**
 * What a Redis server says of itself when it is asked once, before a pool relies on it; nothing is written to it.
 * Immutable.
 *
 * @param version as it numbers itself
 * @param unfit why the pool would refuse it; else empty
 * @param mend how to put that right; else empty
 * @param empty there is no store in it yet
 * @param appendOnly it keeps an append-only file, so a restart of it loses a second at most
 * @param diskTrouble its last write to disk failed, in its words; else empty
 * @param epochMillis its clock when it was asked, milliseconds since 1970; empty where the user may not ask
 */
public record RedisSurvey(
        String version,
        String unfit,
        String mend,
        boolean empty,
        boolean appendOnly,
        String diskTrouble,
        OptionalLong epochMillis) {
    private static final List<String> WRITES = List.of("aof_last_write_status", "rdb_last_bgsave_status");

    /**
     * Asks the server; blocks for a few calls.
     *
     * @throws StoreException when it does not answer
     */
    public static RedisSurvey of(RedisSettings settings) throws StoreException {
        StoreMetrics metrics = new StoreMetrics(new CollectorRegistry());
        try (RedisLink link = new RedisLink(settings, PoolClock.SYSTEM, metrics);
                Wire wire = link.connect()) {
            return of(new Calls(wire::commands, "survey", metrics, settings.timeout()), settings);
        } finally {
            metrics.close();
        }
    }

    private static RedisSurvey of(Calls calls, RedisSettings settings) throws StoreException {
        List<String> infos = calls.infos();
        ServerCheck.Outcome outcome = new ServerCheck.Fits();
        String trouble = "";
        boolean appendOnly = true;
        for (String info : infos) {
            outcome = outcome instanceof ServerCheck.Fits ? ServerCheck.checkServer(info, settings.place()) : outcome;
            trouble = trouble.isEmpty() ? diskTrouble(info) : trouble;
            appendOnly &= ServerCheck.field(info, "aof_enabled").equals("1");
        }
        boolean empty = false;
        if (outcome instanceof ServerCheck.Fits) {
            List<String> identity = identity(calls);
            empty = identity.stream().allMatch("nothing"::equals);
            outcome = empty ? outcome : ServerCheck.checkIdentity(identity, settings);
        }
        ServerCheck.Refused refused =
                outcome instanceof ServerCheck.Refused found ? found : new ServerCheck.Refused("", "");
        return new RedisSurvey(
                ServerCheck.field(infos.getFirst(), "redis_version"),
                refused.what(),
                refused.mend(),
                empty,
                appendOnly,
                trouble,
                epochMillis(calls));
    }

    private static OptionalLong epochMillis(Calls calls) throws StoreException {
        try {
            List<byte[]> time = calls.get("TIME", c -> c.time());
            long seconds = Long.parseLong(Script.text(time.get(0)));
            return OptionalLong.of(seconds * 1000 + Long.parseLong(Script.text(time.get(1))) / 1000);
        } catch (StoreException e) {
            if (e.getCause() instanceof RedisCommandExecutionException) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private static List<String> identity(Calls calls) throws StoreException {
        List<String> identity = new ArrayList<>();
        for (KeyValue<String, byte[]> part :
                calls.get(Keys.IDENTITY, c -> c.hmget(Keys.IDENTITY, "schema", "network", "shards"))) {
            identity.add(part.hasValue() ? Script.text(part.getValue()) : "nothing");
        }
        return identity;
    }

    private static String diskTrouble(String info) {
        for (String name : WRITES) {
            String status = ServerCheck.field(info, name);
            if (!status.equals("ok") && !status.equals("unknown")) {
                return name + ":" + status;
            }
        }
        return "";
    }
}
