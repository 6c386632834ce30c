package org.motepool.stratum.outbox;

import java.nio.file.Path;
import org.motepool.core.sharelog.LogShard;

/**
 * What a node sends and where.
 *
 * @param sharesDir directory of all share logs of this node, one directory each
 * @param chainId network whose logs are sent; others are left alone
 * @param shard of the work stream that this node's new logs go to
 */
public record OutboxSettings(Path sharesDir, String chainId, int shard) {
    public OutboxSettings {
        if (chainId.isBlank()) {
            throw new IllegalArgumentException("the outbox needs the id of its chain");
        }
        if (shard < 0 || shard >= LogShard.SHARDS_MAX) {
            throw new IllegalArgumentException("the outbox's shard is 0 to " + (LogShard.SHARDS_MAX - 1));
        }
    }
}
