package org.motepool.stratum.outbox;

import java.nio.file.Path;
import java.time.Duration;
import org.motepool.core.sharelog.LogShard;

/**
 * What a node sends and where.
 *
 * @param sharesDir directory of all share logs of this node, one directory each
 * @param chainId network whose logs are sent; others are left alone
 * @param shard of the work stream that this node's new logs go to
 * @param keep how long shares stay on the disk after they were written, at least; zero keeps them for ever
 */
public record OutboxSettings(Path sharesDir, String chainId, int shard, Duration keep) {
    public OutboxSettings {
        if (chainId.isBlank()) {
            throw new IllegalArgumentException("the outbox needs the id of its chain");
        }
        if (keep.isNegative()) {
            throw new IllegalArgumentException("shares are kept for a time, not for " + keep);
        }
        if (shard < 0 || shard >= LogShard.SHARDS_MAX) {
            throw new IllegalArgumentException("the outbox's shard is 0 to " + (LogShard.SHARDS_MAX - 1));
        }
    }
}
