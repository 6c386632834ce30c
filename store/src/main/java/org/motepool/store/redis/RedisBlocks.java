package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.store.Blocks;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/**
 * Views by hash, with lists by time found and sets by state beside them. They grow by one found block, as the journal
 * does, and are never cut: a whole chain finds 144 a day.
 */
final class RedisBlocks implements Blocks {
    /** What one page may ask for. */
    private static final int PAGE_MAX = 1_000;

    private final Calls calls;

    RedisBlocks(RedisLink link) {
        calls = link.calls("blocks");
    }

    @Override
    public void put(BlockView block) throws StoreException {
        String former = calls.<byte[]>find(Keys.BLOCK_FINDERS, c -> c.hget(Keys.BLOCK_FINDERS, block.hash()))
                .map(Script::text)
                .orElse(block.finder());
        List<String> keys = new ArrayList<>(List.of(
                Keys.BLOCK_VIEWS,
                Keys.BLOCK_FINDERS,
                Keys.BLOCKS_NEWEST,
                Keys.blocksOf(former),
                Keys.blocksOf(block.finder()),
                in(block.state())));
        for (State state : State.values()) {
            if (state != block.state()) {
                keys.add(in(state));
            }
        }
        calls.run(ScriptCall.ofStatus(
                Script.BLOCK_PUT,
                keys,
                List.of(
                        Script.arg(block.hash()),
                        Json.write(block),
                        Script.arg(block.foundAt()),
                        Script.arg(block.finder()))));
    }

    @Override
    public List<BlockView> recent(int max) throws StoreException {
        return newest(Keys.BLOCKS_NEWEST, max);
    }

    @Override
    public List<BlockView> recentOf(String finder, int max) throws StoreException {
        return newest(Keys.blocksOf(finder), max);
    }

    private List<BlockView> newest(String list, int max) throws StoreException {
        int bounded = Math.min(max, PAGE_MAX);
        if (bounded <= 0) {
            return List.of();
        }
        List<byte[]> hashes = calls.get(list, c -> c.zrevrange(list, 0, bounded - 1));
        if (hashes.isEmpty()) {
            return List.of();
        }
        String[] fields = hashes.stream().map(Script::text).toArray(String[]::new);
        List<BlockView> views = new ArrayList<>(fields.length);
        for (KeyValue<String, byte[]> view : calls.get(Keys.BLOCK_VIEWS, c -> c.hmget(Keys.BLOCK_VIEWS, fields))) {
            Optional<byte[]> json = view.optional();
            if (json.isPresent()) {
                views.add(Json.read(Keys.BLOCK_VIEWS + " " + view.getKey(), json.get(), BlockView.class));
            }
        }
        return List.copyOf(views);
    }

    @Override
    public Counts counts() throws StoreException {
        long found = calls.get(Keys.BLOCKS_NEWEST, c -> c.zcard(Keys.BLOCKS_NEWEST));
        return new Counts(
                found, count(State.IMMATURE), count(State.MATURE), count(State.ORPHANED), count(State.REFUSED));
    }

    private long count(State state) throws StoreException {
        return calls.get(in(state), c -> c.scard(in(state)));
    }

    private static String in(State state) {
        return Keys.blocksIn(state.name());
    }
}
