package org.motepool.pool.check;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.store.StoreException;
import org.motepool.store.redis.RedisSettings;
import org.motepool.store.redis.RedisSurvey;

/** The Redis that several processes would share. */
final class RedisChecks {
    /** Of more than a busy server needs to answer. */
    private static final Duration SKEW_WARNING = Duration.ofSeconds(5);
    /** Sessions and bans end by the clocks of the nodes. */
    private static final Duration SKEW_ERROR = Duration.ofSeconds(60);

    private final PoolConfig config;
    private final PoolClock clock;
    private final Remarks remarks;

    RedisChecks(PoolConfig config, PoolClock clock, Remarks remarks) {
        this.config = config;
        this.clock = clock;
        this.remarks = remarks;
    }

    void run() {
        Optional<String> url = config.redis().url();
        if (url.isEmpty()) {
            remarks.note(Key.REDIS_URL, "is not set: the pool runs a Redis of its own in the data directory");
            return;
        }
        try {
            RedisSettings settings = new RedisSettings(
                    url.get(),
                    Optional.empty(),
                    config.redis().authority(),
                    config.network().id(),
                    config.redis().shards(),
                    RedisSettings.TIMEOUT_DEFAULT);
            tell(RedisSurvey.of(settings), settings.place());
        } catch (StoreException | IllegalArgumentException e) {
            remarks.error(
                    Key.REDIS_URL,
                    String.valueOf(e.getMessage()),
                    "Start Redis, and give its address, user and password: redis://USER:PASSWORD@HOST:6379");
        }
    }

    private void tell(RedisSurvey survey, String place) {
        if (!survey.unfit().isEmpty()) {
            remarks.error(Key.REDIS_URL, survey.unfit(), sentence(survey.mend()));
            return;
        }
        remarks.note(
                Key.REDIS_URL,
                "Redis " + survey.version() + " at " + place + " answers"
                        + (survey.empty() ? "; there is no store in it yet" : "")
                        + (survey.appendOnly() ? "; it keeps an append-only file" : ""));
        if (!survey.appendOnly()) {
            remarks.warning(
                    Key.REDIS_URL,
                    "Redis at " + place + " keeps no append-only file: after a restart of it, live numbers, history,"
                            + " sessions and bans are gone (credits are rebuilt from the journal and the logs)",
                    "Set 'appendonly yes' in its redis.conf and run 'redis-cli CONFIG SET appendonly yes'");
        }
        if (!survey.diskTrouble().isEmpty()) {
            remarks.error(
                    Key.REDIS_URL,
                    "Redis at " + place + " could not write to its disk (" + survey.diskTrouble()
                            + ") and may refuse writes",
                    "Look at its log, its disk's free space and the rights of its directory");
        }
        // A role's user may lack the right to ask.
        survey.epochMillis()
                .ifPresent(millis -> new Skew("Redis at " + place, SKEW_WARNING, SKEW_ERROR)
                        .look(millis, clock, Key.REDIS_URL, remarks));
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
