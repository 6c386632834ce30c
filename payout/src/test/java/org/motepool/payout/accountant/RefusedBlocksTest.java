package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.payout.accountant.Fixtures.block;
import static org.motepool.payout.accountant.Fixtures.found;
import static org.motepool.payout.accountant.Fixtures.log;
import static org.motepool.payout.accountant.Fixtures.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.Standing;

/** Blocks that no node took must not hold up the work behind them. */
final class RefusedBlocksTest {
    private static final int REFUSED = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @TempDir
    private Path data;

    private Pool pool;

    @BeforeEach
    void open() throws JournalException {
        pool = new Pool(data);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aHeapOfThemWaitsOutThePatienceOnceAndNotEachInTurn() throws JournalException {
        long from = appendRefused();
        BlockFound good = found(1, 5, 1, 312_500_000, 100);
        pool.chain.connect(good);
        pool.store.append(work(log(1), from, from + 10, Map.of(1, 100L)));
        pool.store.append(block(log(1), from + 10, from + 20, good));

        pool.run(PATIENCE.plusSeconds(REFUSED / 2 + 2));

        assertThat(pool.books.blocks().find(good.header().hash()).orElseThrow().standing())
                .isEqualTo(Standing.IMMATURE);
        assertThat(pool.metric("mote_ledger_blocks_total", "state", "orphaned")).isEqualTo(REFUSED);
    }

    @Test
    void whatNodesThatDoNotAnswerLeaveOpenIsNotHeldAgainstABlock() throws JournalException {
        appendRefused();
        pool.turn();
        pool.chain.setAway(true);
        pool.run(PATIENCE.multipliedBy(4));
        assertThat(pool.metric("mote_ledger_blocks_total", "state", "orphaned")).isZero();
        pool.chain.setAway(false);
        pool.run(PATIENCE.minusSeconds(1));
        assertThat(pool.metric("mote_ledger_blocks_total", "state", "orphaned")).isZero();
    }

    private long appendRefused() {
        long from = 0;
        for (int i = 0; i < REFUSED; i++) {
            pool.store.append(block(log(1), from, from + 10, found(100 + i, 5, 2, 312_500_000, 100)));
            from += 10;
        }
        return from;
    }
}
