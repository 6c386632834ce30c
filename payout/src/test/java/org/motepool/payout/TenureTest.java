package org.motepool.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.FakeClock;
import org.motepool.payout.Tenure.Finding;

/** How long a process may believe that it is the accountant. */
final class TenureTest {
    private final FakeClock clock = new FakeClock(1_700_000_000);
    private final MemoryLease lease = new MemoryLease(clock);
    private final Tenure mine = new Tenure(lease, "mine", clock);
    private final Tenure theirs = new Tenure(lease, "theirs", clock);

    @Test
    void isHeldByOneAndRenewed() {
        assertThat(mine.holds()).isFalse();
        assertThat(mine.look()).isEqualTo(Finding.BEGUN);
        assertThat(theirs.look()).isEqualTo(Finding.ELSEWHERE);
        assertThat(theirs.other()).isEqualTo("mine");
        for (int i = 0; i < 20; i++) {
            clock.advance(Tenure.RENEW_EVERY);
            assertThat(mine.look()).isEqualTo(Finding.KEPT);
            assertThat(mine.holds()).isTrue();
            assertThat(theirs.look()).isEqualTo(Finding.ELSEWHERE);
        }
        mine.release();
        assertThat(mine.holds()).isFalse();
        assertThat(theirs.look()).as("at once").isEqualTo(Finding.BEGUN);
    }

    @Test
    void endsByItsOwnClockWhenTheStoreIsAway() {
        assertThat(mine.look()).isEqualTo(Finding.BEGUN);
        lease.away = true;
        clock.advance(Tenure.LIFE.minusMillis(1));
        assertThat(mine.look()).isEqualTo(Finding.UNKNOWN);
        assertThat(mine.holds()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(mine.holds()).isFalse();
        lease.away = false;
        assertThat(mine.look()).as("nobody else had it").isEqualTo(Finding.KEPT);
        assertThat(mine.holds()).isTrue();
    }

    @Test
    void beginsAnewWhenSomebodyElseHadIt() {
        assertThat(mine.look()).isEqualTo(Finding.BEGUN);
        clock.advance(Tenure.LIFE);
        assertThat(theirs.look()).isEqualTo(Finding.BEGUN);
        assertThat(mine.look()).isEqualTo(Finding.ELSEWHERE);
        assertThat(mine.holds()).isFalse();
        theirs.release();
        assertThat(mine.look()).as("their work is to be read first").isEqualTo(Finding.BEGUN);
    }

    @Test
    void namesFitTheStore() {
        assertThat(Tenure.holderName("h".repeat(500), "unique"))
                .hasSize(org.motepool.store.AccountantLease.HOLDER_CHARACTERS_MAX);
        assertThat(Tenure.holderName(null, "unique"))
                .startsWith("host, process ")
                .endsWith(", unique");
    }
}
