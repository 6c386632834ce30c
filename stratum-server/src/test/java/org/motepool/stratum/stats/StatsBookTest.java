package org.motepool.stratum.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.WorkerName;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.store.History;
import org.motepool.store.LiveStats;
import org.motepool.store.StoreException;

class StatsBookTest {
    private static final PayoutAddress ADDRESS =
            PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(new byte[20]), Network.REGTEST);
    private static final WorkerStats.SessionView VIEW =
            () -> new LiveStats.SessionReport("00000001", "agent", "micro", 16, 0);

    private final FakeClock clock = new FakeClock(1_750_000_000);
    private final StatsBook book = new StatsBook(clock);

    @Test
    void slidesItsWindowOverTenMinutes() {
        WorkerStats worker = book.opened(ADDRESS, new WorkerName("a"), VIEW);
        for (int i = 0; i < 1200; i++) {
            clock.advance(Duration.ofSeconds(1));
            book.accepted(worker, new Level(20), 0.01);
        }
        LiveStats.NodeReport node = book.node("n", 1, "scalar");
        assertThat(node.accepted()).isEqualTo(1200);
        assertThat(node.windowSeconds()).isBetween(570, 600);
        assertThat(node.windowShares()).isBetween((long) node.windowSeconds(), node.windowSeconds() + 1L);
        assertThat(node.windowWork()).isEqualTo(node.windowShares() * 16);
        assertThat(node.hashRate()).isBetween(1_048_576.0, 1_048_576.0 * 1.01);
        clock.advance(Duration.ofMinutes(11));
        assertThat(book.node("n", 1, "scalar").windowShares()).isZero();
    }

    @Test
    void theBestOfTheDayBeginsAnewAtMidnight() {
        WorkerStats worker = book.opened(ADDRESS, new WorkerName("a"), VIEW);
        book.accepted(worker, new Level(20), 0.5);
        book.accepted(worker, new Level(20), 0.25);
        assertThat(book.node("n", 1, "scalar").bestToday()).isEqualTo(0.5);

        clock.advance(Duration.ofDays(1));
        assertThat(book.node("n", 1, "scalar").bestToday()).isZero();
        book.accepted(worker, new Level(20), 0.125);
        assertThat(book.takeChanged("n", 2_000)).singleElement().satisfies(report -> {
            assertThat(report.best()).isEqualTo(0.5);
            assertThat(report.bestToday()).isEqualTo(0.125);
        });
    }

    @Test
    void namesTheStrongestThatAreConnected() {
        WorkerStats gone = book.opened(ADDRESS, new WorkerName("gone"), VIEW);
        clock.advance(Duration.ofSeconds(10));
        book.accepted(gone, new Level(40), 1);
        book.closed(gone, VIEW);
        for (int i = 0; i < 20; i++) {
            book.accepted(book.opened(ADDRESS, new WorkerName("w" + i), VIEW), new Level(20 + (i * 7) % 20), 1);
        }
        clock.advance(Duration.ofSeconds(10));
        assertThat(book.strongest("n", 3))
                .extracting(LiveStats.WorkerReport::worker)
                .containsExactly("w17", "w14", "w11");
        assertThat(book.strongest("n", 100)).hasSize(20);
    }

    @Test
    void countsTheThousandAndFirstWorkerOfAnAccountAsOthers() {
        for (int i = 0; i < StatsBook.WORKERS_PER_ACCOUNT_MAX + 50; i++) {
            book.accepted(book.opened(ADDRESS, new WorkerName("w" + i), VIEW), Level.MIN, 1);
        }
        List<LiveStats.WorkerReport> reports = book.takeChanged("n", 2_000);
        assertThat(reports).hasSize(StatsBook.WORKERS_PER_ACCOUNT_MAX + 1);
        assertThat(reports)
                .filteredOn(report -> report.worker().equals("others"))
                .singleElement()
                .satisfies(report -> assertThat(report.accepted()).isEqualTo(50));
    }

    @Test
    void tellsTheFirstShareAtOnceAndThoseOfABusyWorkerTogether() {
        WorkerStats worker = book.opened(ADDRESS, new WorkerName("busy"), VIEW);
        assertThat(book.takeChanged("n", 2_000)).as("it has come").hasSize(1);
        book.accepted(worker, Level.MIN, 1);
        assertThat(book.takeChanged("n", 2_000)).as("its first share").hasSize(1);
        int told = 0;
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            book.accepted(worker, Level.MIN, 1);
            told += book.takeChanged("n", 2_000).size();
        }
        assertThat(told).isEqualTo(30 / (int) WorkerStats.SHARES_TOLD_SECONDS);
        clock.advance(Duration.ofSeconds(WorkerStats.SHARES_TOLD_SECONDS));
        assertThat(book.takeChanged("n", 2_000)).as("none is forgotten").hasSizeLessThanOrEqualTo(1);
        book.rejected(worker, RejectReason.STALE);
        clock.advance(Duration.ofSeconds(WorkerStats.SHARES_TOLD_SECONDS));
        assertThat(book.takeChanged("n", 2_000))
                .singleElement()
                .satisfies(report -> assertThat(report.accepted()).isEqualTo(31));
        book.rejected(worker, RejectReason.STALE);
        book.closed(worker, VIEW);
        assertThat(book.takeChanged("n", 2_000)).as("it has left").hasSize(1);
    }

    @Test
    void tellsThoseFirstThatHaveWaitedLongest() {
        List<WorkerStats> workers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            workers.add(book.opened(ADDRESS, new WorkerName("w" + i), VIEW));
        }
        List<String> told = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            workers.forEach(worker -> book.accepted(worker, Level.MIN, 1));
            clock.advance(Duration.ofSeconds(WorkerStats.SHARES_TOLD_SECONDS));
            book.takeChanged("n", 5).forEach(report -> told.add(report.worker()));
        }
        assertThat(told).hasSize(20);
        assertThat(told.subList(0, 10)).doesNotHaveDuplicates();
        assertThat(told.subList(10, 20)).isEqualTo(told.subList(0, 10));
    }

    @Test
    void whoLeavesBeforeAnyoneWasToldIsNotToldOfAndWhoLeavesLaterAtOnce() {
        WorkerStats told = book.opened(ADDRESS, new WorkerName("told"), VIEW);
        assertThat(book.takeChanged("n", 5)).hasSize(1);
        book.closed(told, VIEW);
        book.closed(book.opened(ADDRESS, new WorkerName("brief"), VIEW), VIEW);
        assertThat(book.takeChanged("n", 0))
                .singleElement()
                .satisfies(report -> assertThat(report.worker()).isEqualTo("told"));
        assertThat(book.takeChanged("n", 5)).isEmpty();
    }

    @Test
    void sumsDevicesByFamilyAndClass() {
        for (String kind : List.of("NerdMinerV2 micro", "rig unknown", "rig asic", "NerdMinerV2 micro")) {
            String[] parts = kind.split(" ", -1);
            WorkerStats.SessionView view = () -> new LiveStats.SessionReport("00000001", parts[0], parts[1], 16, 0);
            book.accepted(book.opened(ADDRESS, new WorkerName("w" + view.hashCode()), view), new Level(20), 2);
        }
        clock.advance(Duration.ofSeconds(10));
        assertThat(book.node("n", 4, "scalar").families())
                .extracting(
                        LiveStats.FamilyReport::family,
                        LiveStats.FamilyReport::deviceClass,
                        LiveStats.FamilyReport::workers)
                .containsExactly(
                        tuple("nerdminer", "micro", 2), tuple("other", "asic", 1), tuple("other", "unknown", 1));
    }

    @Test
    void forgetsAWorkerWithoutSharesWhenItLeavesAndOneWithSharesLater() {
        WorkerStats idle = book.opened(ADDRESS, new WorkerName("idle"), VIEW);
        WorkerStats busy = book.opened(ADDRESS, new WorkerName("busy"), VIEW);
        book.accepted(busy, Level.MIN, 1);
        assertThat(book.takeChanged("n", 2_000)).as("they have come").hasSize(2);
        book.closed(idle, VIEW);
        book.closed(busy, VIEW);
        assertThat(book.takeChanged("n", 2_000)).as("both say that they left").hasSize(2);
        assertThat(book.opened(ADDRESS, new WorkerName("busy"), VIEW)).isSameAs(busy);
        assertThat(book.opened(ADDRESS, new WorkerName("idle"), VIEW)).isNotSameAs(idle);
        book.closed(busy, VIEW);
        clock.advance(Duration.ofMinutes(61));
        assertThat(book.takeChanged("n", 2_000)).isNotEmpty();
        assertThat(book.opened(ADDRESS, new WorkerName("busy"), VIEW)).isNotSameAs(busy);
    }

    @Test
    void givesEachMinuteToHistoryOnceByWorkerAccountAndPool() {
        WorkerStats a = book.opened(ADDRESS, new WorkerName("a"), VIEW);
        WorkerStats b = book.opened(ADDRESS, new WorkerName("b"), VIEW);
        book.accepted(a, new Level(20), 1);
        book.accepted(b, new Level(17), 1);
        assertThat(book.takeMinutes("n", false)).as("the minute is not over").isEmpty();
        clock.advance(Duration.ofMinutes(1));

        List<History.Entry> entries = book.takeMinutes("n", false);

        AccountId account = ADDRESS.accountId();
        assertThat(entries)
                .extracting(History.Entry::subject, History.Entry::work, History.Entry::shares)
                .containsExactlyInAnyOrder(
                        tuple(History.Subject.of(account, "a"), 16L, 1L),
                        tuple(History.Subject.of(account, "b"), 2L, 1L),
                        tuple(History.Subject.of(account), 18L, 2L),
                        tuple(History.Subject.POOL, 18L, 2L));
        assertThat(book.takeMinutes("n", false)).as("once").isEmpty();
        book.closed(b, VIEW);
        clock.advance(Duration.ofMinutes(1));
        assertThat(book.takeMinutes("n", false))
                .as("connected without a share is a zero, gone is a gap")
                .extracting(History.Entry::subject, History.Entry::work)
                .contains(tuple(History.Subject.of(account, "a"), 0L))
                .doesNotContain(tuple(History.Subject.of(account, "b"), 0L));
        book.accepted(a, new Level(20), 1);
        assertThat(book.takeMinutes("n", true)).as("the node closes").hasSize(3);
        assertThat(book.takeMinutes("n", true)).isEmpty();
    }

    @Test
    void countsConnectedDevicesByFamily() {
        book.opened(ADDRESS, new WorkerName("a"), agent("NerdMinerV2/1.8"));
        book.opened(ADDRESS, new WorkerName("b"), agent("NerdMinerV2/1.9"));
        book.opened(ADDRESS, new WorkerName("c"), agent("something new"));
        assertThat(book.node("n", 3, "scalar").families())
                .extracting(LiveStats.FamilyReport::family, LiveStats.FamilyReport::workers)
                .containsExactly(tuple("nerdminer", 2), tuple("other", 1));
    }

    private static WorkerStats.SessionView agent(String name) {
        return () -> new LiveStats.SessionReport("00000001", name, "micro", 16, 0);
    }

    @Test
    void reportsAgainWhatTheStoreDidNotTake() throws Exception {
        FlakyStore store = new FlakyStore();
        StatsPublisher publisher = new StatsPublisher(
                book,
                Optional.of(store),
                Optional.empty(),
                new StratumMetrics(new CollectorRegistry()),
                "n",
                () -> "scalar",
                () -> 1);
        book.accepted(book.opened(ADDRESS, new WorkerName("a"), VIEW), Level.MIN, 1);
        store.away = true;
        publisher.publish(StatsPublisher.REPORTS_ROUND_MAX);
        assertThat(store.taken).isEmpty();
        store.away = false;
        publisher.publish(StatsPublisher.REPORTS_ROUND_MAX);
        assertThat(store.taken).hasSize(1);
        publisher.publish(StatsPublisher.REPORTS_ROUND_MAX);
        assertThat(store.taken).as("nothing new").hasSize(1);
        assertThat(store.nodes).isEqualTo(2);
        publisher.close();
        assertThat(store.withdrawn).isTrue();
    }

    private static final class FlakyStore implements LiveStats {
        private final List<WorkerReport> taken = new ArrayList<>();
        private boolean away;
        private boolean withdrawn;
        private int nodes;

        @Override
        public void publish(NodeReport node, List<WorkerReport> changed) throws StoreException {
            if (away) {
                throw new StoreException("away");
            }
            nodes++;
            taken.addAll(changed);
        }

        @Override
        public void withdraw(String nodeId) {
            withdrawn = true;
        }

        @Override
        public List<WorkerReport> workers(AccountId account) {
            return List.of();
        }

        @Override
        public List<NodeReport> nodes() {
            return List.of();
        }
    }
}
