package org.motepool.payout.accountant;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.JournalException;

/**
 * What happens to a pool, drawn from a seed: work on three logs, entries sent twice or too early, blocks found, lost,
 * orphaned and brought back. The same seed tells the same story.
 */
final class Story {
    private final Random random;
    private final Nbits nbits;
    private final List<Step> steps = new ArrayList<>();
    private final long[] offsets = new long[3];
    private final List<WorkEntry> sent = new ArrayList<>();
    private final Map<Integer, BlockFound> onChain = new TreeMap<>();
    private int tip;
    private int salt;

    /** @param nbits network target of all work: it decides how soon the window is full */
    Story(long seed, int length, Nbits nbits) {
        random = new Random(seed);
        this.nbits = nbits;
        for (int i = 0; i < length; i++) {
            tell(random.nextInt(100));
        }
        int blocks = ScriptedChain.MATURITY / 2;
        steps.add(pool -> pool.chain.extend(blocks, 0));
    }

    /** One thing that happens. */
    interface Step {
        void happen(Pool pool);
    }

    private void tell(int dice) {
        if (dice < 55) {
            send(work());
        } else if (dice < 62 && !sent.isEmpty()) {
            WorkEntry again = sent.get(random.nextInt(sent.size()));
            steps.add(pool -> pool.store.append(again));
        } else if (dice < 67) {
            WorkEntry first = work();
            WorkEntry early = work(first.source(), 1 + random.nextInt(3));
            steps.add(pool -> pool.store.append(early));
            send(first);
            send(early);
        } else if (dice < 80) {
            findBlock();
        } else if (dice < 84) {
            BlockFound lost = found(tip + 1);
            int height = ++tip;
            steps.add(pool -> {
                pool.chain.know(lost);
                pool.chain.extend(1, height);
            });
            send(block(lost));
        } else if (dice < 86) {
            send(block(found(tip + 1)));
        } else if (dice < 90) {
            orphanTip();
        } else {
            int blocks = random.nextInt(1, 3);
            tip += blocks;
            steps.add(pool -> pool.chain.extend(blocks, 0));
        }
    }

    private void findBlock() {
        BlockFound found = found(tip + 1);
        tip++;
        onChain.put(tip, found);
        steps.add(pool -> pool.chain.connect(found));
        send(block(found));
    }

    /** The newest block goes, two others come; sometimes it comes back with two more on top. */
    private void orphanTip() {
        BlockFound last = onChain.get(tip);
        if (last == null) {
            return;
        }
        int height = tip;
        int other = ++salt;
        onChain.remove(height);
        tip = height + 1;
        steps.add(pool -> pool.chain.reorganize(height, 2, other));
        if (random.nextBoolean()) {
            send(work());
            send(work());
            onChain.put(height, last);
            tip = height + 2;
            steps.add(pool -> {
                pool.chain.connect(last);
                pool.chain.extend(2, 0);
            });
        }
    }

    private BlockFound found(int height) {
        if (random.nextInt(4) == 0) {
            int finder = random.nextInt(10);
            Bytes coinbase = Fixtures.coinbase(
                    Fixtures.address(finder).script(),
                    random.nextLong(1, 5_000_000_000L),
                    Fixtures.POOL_SCRIPT,
                    random.nextLong(50_000_000L));
            return Fixtures.found(++salt, height, finder, coinbase, random.nextInt(300), Scheme.SOLO);
        }
        return Fixtures.found(
                ++salt, height, random.nextInt(10), random.nextLong(1, 5_000_000_000L), random.nextInt(300));
    }

    private WorkEntry work() {
        return work(Fixtures.log(random.nextInt(3)), random.nextInt(4));
    }

    private WorkEntry work(LogShard log, int miners) {
        Map<Integer, Long> units = new HashMap<>();
        for (int i = 0; i < miners; i++) {
            units.put(random.nextInt(10), random.nextLong(1, 1L << random.nextInt(1, 40)));
        }
        long from = advance(log, 50);
        return Fixtures.work(log, from, from + 50, nbits, units);
    }

    private WorkEntry block(BlockFound found) {
        LogShard log = Fixtures.log(random.nextInt(3));
        long from = advance(log, 10);
        return Fixtures.block(log, from, from + 10, found);
    }

    private long advance(LogShard log, int bytes) {
        for (int i = 0; i < offsets.length; i++) {
            if (Fixtures.log(i).equals(log)) {
                offsets[i] += bytes;
                return offsets[i] - bytes;
            }
        }
        throw new IllegalArgumentException("no log " + log);
    }

    private void send(WorkEntry entry) {
        sent.add(entry);
        steps.add(pool -> pool.store.append(entry));
    }

    int length() {
        return steps.size();
    }

    /** Lets it all happen; a crash is followed by a restart. */
    void happenTo(Pool pool) throws JournalException {
        for (Step step : steps) {
            step.happen(pool);
            alive(pool, () -> {
                pool.turn();
                pool.clock.advance(Duration.ofMillis(700));
                pool.turn();
            });
        }
        // Longer than the silence after which a stream is read from its start, and than any patience.
        alive(pool, () -> pool.run(Duration.ofSeconds(25)));
        alive(pool, () -> pool.run(Duration.ofSeconds(25)));
    }

    private static void alive(Pool pool, Life life) throws JournalException {
        try {
            life.live();
        } catch (SimulatedCrash crash) {
            pool.restart();
            pool.turn();
        }
    }

    private interface Life {
        void live() throws JournalException;
    }

    /** What the active chain's coinbases have paid to the pool. */
    Money rewards() {
        return onChain.values().stream().map(Story::outputOf).reduce(Money.ZERO, Money::plus);
    }

    private static Money outputOf(BlockFound found) {
        // Behind version, one input of 36 + 5 + 4 bytes and the count of outputs; of a solo block, behind its finder's.
        int first = 4 + 1 + 45 + 1;
        int pools = found.scheme() == Scheme.SOLO ? first + 8 + 1 + 22 : first;
        return Money.ofSatoshis(
                found.coinbase().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong(pools));
    }
}
