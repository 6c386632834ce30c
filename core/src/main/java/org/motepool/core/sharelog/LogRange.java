package org.motepool.core.sharelog;

/**
 * A byte range of one log, as one shard has it.
 *
 * @param from first log offset
 * @param to the offset behind it
 */
public record LogRange(LogShard source, long from, long to) {
    public LogRange {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("not a range: " + from + " to " + to);
        }
    }
}
