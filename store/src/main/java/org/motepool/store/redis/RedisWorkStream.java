package org.motepool.store.redis;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;

/** One Redis stream a shard. Waiting reads have a connection for each shard, so that no other call waits behind them. */
final class RedisWorkStream implements WorkStream {
    private static final String FIELD = "e";

    /** A reader that waits longer would not see that it should stop. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /** Bounds one answer: entries of 10,000 accounts are some 400 kB each. */
    private static final int READ_MAX = 1_000;

    private final RedisLink link;
    private final Calls calls;
    private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();

    RedisWorkStream(RedisLink link) {
        this.link = link;
        calls = link.calls("work");
    }

    @Override
    public int shards() {
        return link.settings().shards();
    }

    @Override
    public void append(int shard, Bytes entry) throws StoreException {
        String key = key(shard);
        calls.get(key, c -> c.xadd(key, Map.of(FIELD, entry.toArray())));
    }

    @Override
    public List<StreamEntry> read(int shard, String afterId, int max, Duration wait) throws StoreException {
        String key = key(shard);
        XReadArgs args = new XReadArgs().count(Math.clamp(max, 1, READ_MAX));
        XReadArgs.StreamOffset<String> from = XReadArgs.StreamOffset.from(key, checkedId(afterId));
        Duration bounded = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
        // BLOCK 0 would wait for ever.
        if (bounded.toMillis() < 1) {
            return entries(key, calls.find(key, c -> xread(c, args, from)).orElse(List.of()));
        }
        args.block(bounded.toMillis());
        return readers.computeIfAbsent(shard, Reader::new).read(key, bounded, args, from);
    }

    @Override
    public void trimThrough(int shard, String id) throws StoreException {
        String key = key(shard);
        String next = StreamIds.after(checkedId(id));
        calls.get(key, c -> c.xtrim(key, new XTrimArgs().minId(next).exactTrimming()));
    }

    @Override
    public long length(int shard) throws StoreException {
        String key = key(shard);
        return calls.get(key, c -> c.xlen(key));
    }

    /** In one place, for the varargs of a generic type warn wherever they are called. */
    @SuppressWarnings("unchecked")
    private static Future<List<StreamMessage<String, byte[]>>> xread(
            RedisClusterAsyncCommands<String, byte[]> commands, XReadArgs args, XReadArgs.StreamOffset<String> from) {
        return commands.xread(args, from);
    }

    private String key(int shard) {
        if (shard < 0 || shard >= shards()) {
            throw new IllegalArgumentException("shard " + shard + " of " + shards());
        }
        return Keys.stream(shard);
    }

    private static String checkedId(String id) {
        if (!StreamIds.isId(id)) {
            throw new IllegalArgumentException("not a stream id: " + id);
        }
        return id;
    }

    private static List<StreamEntry> entries(String key, List<StreamMessage<String, byte[]>> messages)
            throws StoreException {
        List<StreamEntry> entries = new ArrayList<>(messages.size());
        for (StreamMessage<String, byte[]> message : messages) {
            byte[] entry = message.getBody().get(FIELD);
            if (entry == null) {
                throw new StoreException("store, key " + key + ": message " + message.getId() + " has no field '"
                        + FIELD + "': something else wrote there, remove it with XDEL");
            }
            entries.add(new StreamEntry(message.getId(), Bytes.copyOf(entry)));
        }
        return entries;
    }

    /** The waiting reads of one shard, one at a time. */
    private final class Reader {
        private final ReentrantLock turn = new ReentrantLock();
        private @Nullable Wire connection;

        Reader(int shard) {}

        List<StreamEntry> read(String key, Duration wait, XReadArgs args, XReadArgs.StreamOffset<String> from)
                throws StoreException {
            link.ready();
            RedisLink.lock(turn, WAIT_MAX.plus(link.settings().timeout()));
            try {
                Wire own = connection;
                if (own == null) {
                    own = link.connect();
                    connection = own;
                }
                var commands = own.commands();
                return entries(
                        key,
                        calls.findBlocking(key, commands, wait, c -> xread(c, args, from))
                                .orElse(List.of()));
            } finally {
                turn.unlock();
            }
        }
    }
}
