package org.motepool.pool.wiring;

import java.io.IOException;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;

/** Starts a process as a whole or not at all. */
final class Starting {
    private Starting() {}

    /** Puts roles on the ground. */
    interface Assembly<T> {
        T on(Ground ground) throws Exception;
    }

    /** What was begun is closed when something fails; the failure is one line that says what to mend. */
    static <T> T whole(PoolConfig config, PoolClock clock, Assembly<T> assembly) throws Failure {
        Ground ground;
        try {
            ground = new Ground(config, clock);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the data directory cannot be made: " + e, e);
        }
        try {
            T whole = assembly.on(ground);
            ground.up();
            return whole;
        } catch (Failure e) {
            ground.close();
            throw e;
        } catch (Exception e) {
            ground.close();
            throw new Failure(Failure.FAILED, "the pool cannot start: " + e.getMessage(), e);
        }
    }
}
