package org.motepool.pool.check;

import java.time.Duration;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.Key;

/** Compares another clock with this machine's. */
record Skew(String whose, Duration warning, Duration error) {
    private static final String MEND = "Let chrony or systemd-timesyncd keep the clocks of both machines";

    void look(long theirMillis, PoolClock clock, Key key, Remarks remarks) {
        long ahead = theirMillis - clock.epochMillis();
        Duration off = Duration.ofMillis(Math.abs(ahead));
        if (off.compareTo(warning) < 0) {
            return;
        }
        Weight weight = off.compareTo(error) < 0 ? Weight.WARNING : Weight.ERROR;
        String what = "the clock of %s is %d s %s of this machine's"
                .formatted(whose, off.toSeconds(), ahead > 0 ? "ahead" : "behind");
        remarks.add(weight, key, what, MEND);
    }
}
