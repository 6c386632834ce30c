package org.motepool.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalInUseException;
import org.motepool.payout.payer.PayerLoop;

/** Of several offices one works at a time, and one that cannot lets another. */
final class PayoutOfficeTest {
    private final MemoryLease lease = new MemoryLease(PoolClock.SYSTEM);
    private final List<FakeAccounting> opened = new CopyOnWriteArrayList<>();

    /** An accountant that stops when it is told to. */
    private static final class FakeAccounting implements Accounting {
        private final String owner;
        private final BooleanSupplier mayWork;
        private volatile String stopped = "";
        private volatile boolean closed;

        FakeAccounting(String owner, BooleanSupplier mayWork) {
            this.owner = owner;
            this.mayWork = mayWork;
        }

        @Override
        public PayoutStatus state() {
            PayoutStatus well = PayoutStatus.idle("", true);
            return stopped.isEmpty() ? well : well.stopped(stopped);
        }

        @Override
        public PayoutTotals totals() {
            return PayoutTotals.ZERO;
        }

        @Override
        public Optional<PayerLoop> payers() {
            return Optional.empty();
        }

        @Override
        public Optional<String> stopped() {
            return Optional.of(stopped).filter(reason -> !reason.isEmpty());
        }

        @Override
        public boolean settle(Map<LogShard, Long> ends, Duration bound) {
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private PayoutOffice office(String name) throws JournalException {
        return PayoutOffice.start(
                mayWork -> {
                    if (opened.stream().anyMatch(each -> !each.closed)) {
                        throw new JournalInUseException("another accountant has the journal", null);
                    }
                    FakeAccounting accounting = new FakeAccounting(name, mayWork);
                    opened.add(accounting);
                    return accounting;
                },
                new Tenure(lease, name, PoolClock.SYSTEM));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(never.await(5, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void oneThatCannotWriteItsJournalLetsTheStandbyTakeOver() throws Exception {
        try (PayoutOffice first = office("first")) {
            takeOver(first);
            assertThat(lease.holder()).as("nobody takes it back by itself").isEmpty();
            assertThat(opened).hasSize(2);
        }
    }

    private void takeOver(PayoutOffice first) throws Exception {
        try (PayoutOffice standby = office("standby")) {
            FakeAccounting working = opened.getFirst();
            assertThat(working.owner).isEqualTo("first");
            assertThat(standby.state().halted()).contains("has the lease (first)");
            assertThat(standby.state().running())
                    .as("to stand by is no trouble")
                    .isTrue();

            working.stopped = "no space left on device";
            until(() -> opened.size() == 2);
            assertThat(working.closed).as("it has let the journal go before").isTrue();
            assertThat(opened.getLast().owner).isEqualTo("standby");
            assertThat(lease.holder()).isEqualTo("standby");
            until(() -> standby.state().halted().isEmpty());
            assertThat(first.state().running()).isFalse();
            assertThat(first.state().halted()).isEqualTo("no space left on device");
            assertThat(opened.getLast().mayWork.getAsBoolean()).isTrue();
            assertThat(working.mayWork.getAsBoolean()).isFalse();
        }
    }

    @Test
    void oneThatIsToldToCloseLetsTheLeaseGoAtOnce() throws Exception {
        PayoutOffice only = office("only");
        assertThat(lease.holder()).isEqualTo("only");
        only.close();
        assertThat(lease.holder()).isEmpty();
        assertThat(opened.getFirst().closed).isTrue();
    }

    @Test
    void aJournalThatCannotBeOpenedEndsTheStartAndFreesTheLease() {
        assertThatThrownBy(() -> PayoutOffice.start(
                        mayWork -> {
                            throw new JournalException("the journal is damaged");
                        },
                        new Tenure(lease, "only", PoolClock.SYSTEM)))
                .isInstanceOf(JournalException.class)
                .hasMessage("the journal is damaged");
        assertThat(lease.holder()).isEmpty();
    }

    @Test
    void withoutALeaseThereIsNothingToWaitFor() throws Exception {
        try (PayoutOffice alone = PayoutOffice.start(
                mayWork -> {
                    opened.add(new FakeAccounting("alone", mayWork));
                    return opened.getLast();
                },
                null)) {
            assertThat(alone.state().halted()).isEmpty();
            assertThat(opened.getFirst().mayWork.getAsBoolean()).isTrue();
            opened.getFirst().stopped = "no space left on device";
            assertThat(alone.state().running()).isFalse();
            assertThat(alone.state().halted()).isEqualTo("no space left on device");
        }
    }
}
