package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.proof.JournalWork;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.wiring.BalancesComparison;
import org.motepool.store.Balances.Balance;
import org.motepool.validator.audit.AuditProgress;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.JournalAudit;
import org.motepool.validator.audit.ShareAudit;
import org.motepool.validator.hash.ScalarShareHasher;

/** Proves the books of a pool that has stopped: sums, Redis, and every share of the logs against the journal. */
final class SoundBooks {
    private SoundBooks() {}

    /**
     * Credits and fee are the rewards; Redis holds what the journal says; the journal has what the logs have.
     *
     * @param data of the accountant
     * @param logs all of them
     * @param redis its address; empty for the embedded one of that directory
     */
    static void require(String what, Path data, List<Path> logs, Optional<String> redis) throws Exception {
        Path journal = FileJournal.directoryIn(data);
        LedgerProof proof = LedgerProof.of(journal);
        assertThat(proof.trouble()).isEmpty();
        Balance owed = proof.books().ledger().totals().miners();
        Money fee = proof.books().ledger().fee().owed();
        Money rewards = proof.books().rewards();
        System.out.printf(
                "%s: %d records, rewards %s = credits %s + fee %s%n",
                what, proof.head().sequence(), rewards, owed.owed(), fee);
        assertThat(rewards.isZero()).as("blocks were found").isFalse();
        assertThat(owed.owed().plus(fee)).isEqualTo(rewards);
        BalancesComparison compared = BalancesComparison.of(data, redis, Optional.empty(), 1, "devnet", sequence -> {
            Books books = new Books(PayoutSettings.WINDOW_BLOCKS);
            return LedgerProof.of(journal, books, sequence, (at, record) -> {});
        });
        assertThat(compared.differences()).isEmpty();
        ScalarShareHasher hasher = new ScalarShareHasher();
        try (ShareAudit audit = new ShareAudit(proof1 -> hasher, 1, PoolClock.SYSTEM, AuditProgress.NONE)) {
            AuditReport report = audit.run(logs);
            try (JournalAudit against = new JournalAudit(report.logs())) {
                JournalAudit.Result result = against.run(JournalWork.open(journal));
                assertThat(report.with(Optional.of(result)).firstBad()).isEmpty();
                assertThat(result.unchecked()).isZero();
                assertThat(result.shares()).isEqualTo(report.shares());
            }
        }
    }
}
