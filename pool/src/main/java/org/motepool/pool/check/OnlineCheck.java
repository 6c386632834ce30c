package org.motepool.pool.check;

import java.util.List;
import java.util.Optional;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;

/**
 * Asks everything that a pool of these settings would rely on: nodes, wallet, Redis, clocks, ports, files. Starts nothing and
 * leaves nothing behind. Stateless; blocks for as long as those take to answer, each bounded.
 */
public final class OnlineCheck {
    private OnlineCheck() {}

    /** @param settings that the configuration was made of: they know where each value stands */
    public static List<Remark> run(PoolConfig config, Settings settings, PoolClock clock) {
        Remarks remarks = new Remarks(settings);
        Optional<BlockTemplate> template = new NodeChecks(config, clock, remarks).run();
        new JobChecks(config, remarks).run(template);
        new RedisChecks(config, clock, remarks).run();
        new MachineChecks(config, clock, remarks).run();
        return remarks.all();
    }
}
