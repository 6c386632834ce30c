package org.motepool.validator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.audit.AuditFixtures.audit;
import static org.motepool.validator.audit.AuditFixtures.sound;
import static org.motepool.validator.audit.AuditFixtures.write;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.validator.log.LogFixtures;

class DuplicatesTest {
    private static final int SHARES = 3000;

    @TempDir
    Path shares;

    @Test
    void aDuplicateIsFoundHoweverFarItIs() throws Exception {
        LogRecord.Share first = sound(3);
        Path log = write(shares, SHARES, i -> i == SHARES - 1 ? first : sound(i));
        AuditReport report = audit(2, log);
        assertThat(report.bad()).isEqualTo(1);
        assertThat(audit(1, log).logs()).isEqualTo(report.logs());
        BadRecord bad = report.firstBad().orElseThrow();
        assertThat(bad.reason()).startsWith("the same share stands at log offset ");
        assertThat(bad.offset())
                .isGreaterThan(LogFixtures.groups(log).getFirst().end());
    }

    @Test
    void everyRepetitionCountsOnce() throws Exception {
        Path log = write(shares, SHARES, i -> sound(i % 100));
        AuditReport report = audit(2, log);
        assertThat(report.bad()).isEqualTo(SHARES - 100);
        assertThat(report.logs()).isEqualTo(audit(1, log).logs());
    }

    @Test
    void duplicatesAreTheSameWhenTheLogExceedsTheMemory() throws Exception {
        Path log = write(shares, 1500, i -> sound(i < 1000 ? i : i - 500));
        for (int kept : new int[] {100, 1 << 20}) {
            Duplicates duplicates = new Duplicates(log, kept, 70);
            LogScan.shares(log, Long.MAX_VALUE, (share, _, _) -> duplicates.add(new long[] {share.fingerprint()}, 1));
            Findings findings = new Findings();
            duplicates.find(Long.MAX_VALUE, findings);
            assertThat(findings.count()).as("%d kept", kept).isEqualTo(500);
        }
    }
}
