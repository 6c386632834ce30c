package org.motepool.store;

import java.time.Duration;
import java.util.List;
import org.motepool.core.bytes.Bytes;

/**
 * Work entries on their way from stratum nodes to the accountant. Delivery is at least once and in order of append per
 * shard; stream ids are hints, the journal's high-water decides. Calls block: virtual threads only.
 */
public interface WorkStream {
    /** Stream id before every entry. */
    String START = "0-0";

    /** How many shards the pool was created with. */
    int shards();

    void append(int shard, Bytes entry) throws StoreException;

    /** Entries behind {@code afterId}, oldest first; waits up to {@code wait} for the first, then may be empty. */
    List<StreamEntry> read(int shard, String afterId, int max, Duration wait) throws StoreException;

    /** Removes entries up to and with {@code id}; only the accountant calls it, below its marks. */
    void trimThrough(int shard, String id) throws StoreException;

    /** Number of entries now in the shard's stream. */
    long length(int shard) throws StoreException;

    /** @param id its place in the stream */
    record StreamEntry(String id, Bytes entry) {}
}
