package org.motepool.core.sharelog;

/**
 * One log's part in one shard of the work stream: what has a high-water of its own.
 *
 * @param shard 0 … shard count - 1
 */
public record LogShard(LogId log, int shard) implements Comparable<LogShard> {
    public static final int SHARDS_MAX = 1024;

    public LogShard {
        if (shard < 0 || shard >= SHARDS_MAX) {
            throw new IllegalArgumentException("shard is 0 to " + (SHARDS_MAX - 1) + ", not " + shard);
        }
    }

    @Override
    public int compareTo(LogShard other) {
        int byLog = log.compareTo(other.log);
        return byLog != 0 ? byLog : Integer.compare(shard, other.shard);
    }

    @Override
    public String toString() {
        return log + "/" + shard;
    }
}
