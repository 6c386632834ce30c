package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.JournalException;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Totals;

/** Whatever happens, and wherever the accountant dies, every reward is credited once and adds up. */
final class CrashTest {
    private static final int LENGTH = 60;
    private static final int CRASHES = 12;

    @TempDir
    private Path data;

    /** The window is full soon: of the slice at its end a part counts. */
    private static final Nbits EASY = Fixtures.NBITS;
    /**
     * The window is never full. A crash may move the next cut by time, and where a slice is cut decides which part of it
     * counts at the end of a full window; so only then must the result be the same to the last digit.
     */
    private static final Nbits HARD = Nbits.ofHex("1800ffff");

    @RepeatedTest(4)
    void creditsAndFeesAddUpToTheRewardsOfTheChain() throws JournalException {
        long seed = new Random().nextLong();
        Story story = new Story(seed, 120, EASY);
        try (Pool pool = new Pool(data)) {
            pool.faults.crashAt(new Random(seed).nextInt(600));
            story.happenTo(pool);
            Totals sums = pool.store.sums();
            Money all = sums.miners().owed().plus(sums.fee().owed());
            assertThat(pool.accountant.status().halted()).as("seed %d", seed).isEmpty();
            assertThat(all).as("seed %d", seed).isEqualTo(story.rewards());
            assertThat(pool.accountant.totals().rewards()).as("seed %d", seed).isEqualTo(story.rewards());
            assertThat(pool.books.ledger().imbalance()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void comesToTheSameResultWhereverItDies() throws JournalException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Outcome expected = tell(seed, -1);
        assertThat(expected.boundaries).isGreaterThan(100);
        for (int i = 0; i < CRASHES; i++) {
            int at = random.nextInt(expected.boundaries);
            assertSame(tell(seed, at), expected, seed, at);
        }
    }

    @Test
    @Tag("soak")
    void comesToTheSameResultAtEveryBoundary() throws JournalException {
        long seed = new Random().nextLong();
        Outcome expected = tell(seed, -1);
        for (int at = 0; at < expected.boundaries; at++) {
            assertSame(tell(seed, at), expected, seed, at);
        }
    }

    private static void assertSame(Outcome outcome, Outcome expected, long seed, int at) {
        assertThat(outcome.balances)
                .as("balances, seed %d, crash at %d", seed, at)
                .isEqualTo(expected.balances);
        assertThat(outcome.credits)
                .as("credits, seed %d, crash at %d", seed, at)
                .isEqualTo(expected.credits);
        assertThat(outcome.marks).as("marks, seed %d, crash at %d", seed, at).isEqualTo(expected.marks);
        assertThat(outcome.shares).as("shares, seed %d, crash at %d", seed, at).isEqualTo(expected.shares);
        assertThat(outcome.halted).as("halted, seed %d, crash at %d", seed, at).isEmpty();
    }

    private int runs;

    private Outcome tell(long seed, int crashAt) throws JournalException {
        try (Pool pool = new Pool(data.resolve("run" + runs++))) {
            pool.faults.crashAt(crashAt);
            new Story(seed, LENGTH, HARD).happenTo(pool);
            Map<String, String> credits = new HashMap<>();
            pool.store.credits.forEach((key, credit) -> credits.put(key, credit.amount() + " " + credit.weight()));
            return new Outcome(
                    Map.copyOf(pool.store.balances),
                    credits,
                    Map.copyOf(pool.store.marks),
                    pool.books.shares(),
                    pool.accountant.status().halted(),
                    pool.faults.effects());
        }
    }

    private record Outcome(
            Map<AccountId, Balance> balances,
            Map<String, String> credits,
            Map<LogShard, Long> marks,
            long shares,
            String halted,
            int boundaries) {}
}
