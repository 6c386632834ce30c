package org.motepool.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.motepool.core.sharelog.LogShard;
import org.motepool.store.JournalMarks;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** A hash of marks and a counter beside it. */
final class RedisJournalMarks implements JournalMarks {
    private final Calls calls;
    private final Fence fence;

    RedisJournalMarks(RedisLink link, Fence fence) {
        calls = link.calls("marks");
        this.fence = fence;
    }

    @Override
    public void publish(Map<LogShard, Long> marks) throws StoreException {
        List<byte[]> args = new ArrayList<>(1 + 2 * marks.size());
        args.add(Script.arg(fence.token()));
        marks.forEach((source, offset) -> {
            args.add(Script.arg(source.toString()));
            args.add(Script.arg(offset));
        });
        calls.run(ScriptCall.ofStatus(Script.MARKS, List.of(Keys.MARKS, Keys.HEARTBEAT, Keys.LEASE_TOKEN), args));
    }

    @Override
    public OptionalLong mark(LogShard source) throws StoreException {
        return number(Keys.MARKS, calls.find(Keys.MARKS, c -> c.hget(Keys.MARKS, source.toString())));
    }

    @Override
    public long heartbeat() throws StoreException {
        return number(Keys.HEARTBEAT, calls.find(Keys.HEARTBEAT, c -> c.get(Keys.HEARTBEAT)))
                .orElse(0);
    }

    private static OptionalLong number(String key, Optional<byte[]> text) throws StoreException {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(Script.text(text.get())));
        } catch (NumberFormatException e) {
            throw new StoreException("the store's key " + key + " holds no number", e);
        }
    }
}
