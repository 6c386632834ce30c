package org.motepool.validator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.audit.AuditFixtures.audit;
import static org.motepool.validator.audit.AuditFixtures.write;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.validator.log.LogFixtures;

class AccountStatementTest {
    private static final int SHARES = 3000;

    @TempDir
    Path shares;

    @Test
    void anAccountsRangesAreTheOutboxEntries() throws Exception {
        Path log = write(shares, SHARES, AuditFixtures::sound);
        long end = audit(1, log).logs().getFirst().end();
        List<WorkEntry> entries = LogFixtures.entries(log, 0, end);
        for (int i = 0; i < 3; i++) {
            AccountId account = AuditFixtures.account(i);
            List<AccountStatement.Range> expected = entries.stream()
                    .map(entry -> rangeOf(entry, account))
                    .filter(range -> range.shares() > 0)
                    .toList();
            List<AccountStatement.Range> ranges = new ArrayList<>();
            AccountStatement.Range sum = AccountStatement.read(log, end, account, ranges::add);
            assertThat(ranges).isEqualTo(expected).isNotEmpty();
            assertThat(sum.shares()).isEqualTo(SHARES / 3);
            assertThat(sum.workUnits()).isEqualTo(BigInteger.valueOf(SHARES / 3));
        }
    }

    private static AccountStatement.Range rangeOf(WorkEntry entry, AccountId account) {
        List<WorkCell> cells = entry.cells().stream()
                .filter(cell -> cell.account().equals(account))
                .toList();
        long work = cells.stream().mapToLong(WorkCell::workUnits).sum();
        long shares = cells.stream().mapToLong(WorkCell::shares).sum();
        return new AccountStatement.Range(entry.from(), entry.to(), BigInteger.valueOf(work), shares);
    }
}
