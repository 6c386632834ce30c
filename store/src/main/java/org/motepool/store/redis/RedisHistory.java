package org.motepool.store.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;
import org.motepool.store.History;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/**
 * A ring of slots for each subject and resolution, packed in one string: it grows with the subject's age up to its bound
 * and goes when nothing was added for as long as it reaches back. Layout, all little-endian:
 *
 * <pre>
 * base slot (double) | newest slot (double) | ids of the last four entries (4 × 8 bytes) | cells
 * cell of slot s, at ((s - base) mod slots): work + 1 (double, 0: a gap) | shares (unsigned 32 bits)
 * </pre>
 */
final class RedisHistory implements History {
    /** Workers of one account with a history; the one that was silent for longest loses it to a new one. */
    static final int WORKERS_MAX = 1_000;

    private static final int HEAD_BYTES = 48;
    private static final int CELL_BYTES = 12;
    private static final long UNSIGNED = 0xffff_ffffL;

    private final PoolClock clock;
    private final Calls calls;

    RedisHistory(RedisLink link) {
        clock = link.clock();
        calls = link.calls("history");
    }

    @Override
    public void add(List<Entry> entries) throws StoreException {
        List<ScriptCall<byte[]>> scripts = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            scripts.add(script(entry));
        }
        List<byte[]> answers = calls.runAll(scripts);
        for (int i = 0; i < entries.size(); i++) {
            long workers = Long.parseLong(Script.text(answers.get(i)));
            Optional<AccountId> account = entries.get(i).subject().account();
            if (workers > WORKERS_MAX && account.isPresent()) {
                dropOldest(account.get(), workers - WORKERS_MAX);
            }
        }
    }

    private ScriptCall<byte[]> script(Entry entry) {
        Subject subject = entry.subject();
        List<String> keys = new ArrayList<>();
        List<byte[]> args = new ArrayList<>(List.of(
                entry.id().toArray(),
                Script.arg(entry.work()),
                Script.arg(entry.shares()),
                Script.arg(subject.worker()),
                Script.arg(clock.epochMillis())));
        for (Resolution resolution : Resolution.values()) {
            keys.add(Keys.history(subject, resolution));
            args.add(Script.arg(entry.at() / resolution.millis()));
            args.add(Script.arg(resolution.slots()));
            args.add(Script.arg(resolution == Resolution.DAY ? 0 : resolution.millis() * resolution.slots()));
        }
        subject.account()
                .filter(account -> !subject.worker().isEmpty())
                .ifPresent(account -> keys.add(Keys.historyWorkers(account)));
        return ScriptCall.ofText(Script.HISTORY_ADD, keys, args);
    }

    private void dropOldest(AccountId account, long count) throws StoreException {
        String index = Keys.historyWorkers(account);
        for (byte[] worker : calls.get(index, c -> c.zrange(index, 0, count - 1))) {
            Subject subject = Subject.of(account, Script.text(worker));
            String[] rings = Arrays.stream(Resolution.values())
                    .map(resolution -> Keys.history(subject, resolution))
                    .toArray(String[]::new);
            calls.get(rings[0], c -> c.del(rings));
            calls.get(index, c -> c.zrem(index, worker));
        }
    }

    @Override
    public List<Point> read(Subject subject, Resolution resolution, long from, long to) throws StoreException {
        String key = Keys.history(subject, resolution);
        Optional<byte[]> ring = calls.find(key, c -> c.get(key));
        if (ring.isEmpty()) {
            return List.of();
        }
        if (ring.get().length < HEAD_BYTES) {
            throw new StoreException("the store's key " + key + " holds no ring of slots");
        }
        ByteBuffer bytes = ByteBuffer.wrap(ring.get()).order(ByteOrder.LITTLE_ENDIAN);
        long base = (long) bytes.getDouble(0);
        long newest = (long) bytes.getDouble(Double.BYTES);
        long first = Math.max(Math.ceilDiv(from, resolution.millis()), newest - resolution.slots() + 1);
        long end = Math.min(Math.ceilDiv(to, resolution.millis()), newest + 1);
        List<Point> points = new ArrayList<>();
        for (long slot = first; slot < end; slot++) {
            int at = HEAD_BYTES + CELL_BYTES * (int) Math.floorMod(slot - base, (long) resolution.slots());
            if (at + CELL_BYTES <= bytes.limit() && bytes.getDouble(at) >= 1) {
                long work = (long) bytes.getDouble(at) - 1;
                points.add(new Point(slot * resolution.millis(), work, bytes.getInt(at + Double.BYTES) & UNSIGNED));
            }
        }
        return List.copyOf(points);
    }
}
