package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.FakeClock;
import org.motepool.store.Balances;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Position;
import org.motepool.store.Bans;
import org.motepool.store.Bans.Ban;
import org.motepool.store.Bans.Kind;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.Blocks.Counts;
import org.motepool.store.Blocks.State;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.History.Point;
import org.motepool.store.History.Resolution;
import org.motepool.store.Payments;
import org.motepool.store.Preferences.Change;
import org.motepool.store.Preferences.Standing;
import org.motepool.store.Preferences.Value;
import org.motepool.store.ReadModels;
import org.motepool.store.ReadModels.Credit;
import org.motepool.store.ReadModels.PayoutState;
import org.motepool.store.Requests;
import org.motepool.store.Requests.Outcome;
import org.motepool.store.Requests.Request;
import org.motepool.store.Requests.Taken;
import org.motepool.store.Sessions;
import org.motepool.store.SessionsContract;
import org.motepool.store.Statements;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;
import org.motepool.store.WorkStream.StreamEntry;

/** What every door promises, shown on one Redis server; a subclass names which. */
abstract class DoorsContract implements SessionsContract {
    static final Position FIRST = new Position("ab".repeat(16), 1, "01".repeat(32));
    static final Position SECOND = new Position("ab".repeat(16), 9_007_199_254_740_993L, "02".repeat(32));

    final FakeClock clock = new FakeClock(1_800_000_000L);
    private Store store;

    abstract TestRedis redis();

    /** The first line of the answer to one command. */
    String command(String line) {
        return redis().command(line);
    }

    /** The store that is put to the test. */
    Store open() throws StoreException {
        return openOnAnotherNode();
    }

    /** As another stratum node has it. */
    Store openOnAnotherNode() throws StoreException {
        return RedisStore.connect(redis().settings(), clock, new CollectorRegistry());
    }

    @BeforeEach
    void connect() throws StoreException {
        command("FLUSHALL");
        store = open();
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @Override
    public Sessions sessions() {
        return store.sessions();
    }

    @Override
    public FakeClock clock() {
        return clock;
    }

    static Bytes entry(int number) {
        return Bytes.copyOf(("entry " + number).getBytes(StandardCharsets.UTF_8));
    }

    static Balance balance(SplittableRandom random) {
        return new Balance(amount(random), amount(random), amount(random), amount(random));
    }

    private static Money amount(SplittableRandom random) {
        return new Money(random.nextLong(1L << 35), random.nextLong(Money.FRACTIONS_PER_SATOSHI));
    }

    static AccountId account(int number) {
        return AccountId.ofCanonicalAddress("address " + number);
    }

    @Test
    void givesEntriesInOrderBehindAnId() throws StoreException {
        WorkStream work = store.workStream();
        for (int i = 0; i < 5; i++) {
            work.append(0, entry(i));
        }
        List<StreamEntry> first = work.read(0, WorkStream.START, 2, Duration.ZERO);
        List<StreamEntry> rest = work.read(0, first.getLast().id(), 100, Duration.ofSeconds(1));

        assertThat(first).extracting(StreamEntry::entry).containsExactly(entry(0), entry(1));
        assertThat(rest).extracting(StreamEntry::entry).containsExactly(entry(2), entry(3), entry(4));
    }

    @Test
    void waitsForAnEntryAndNoLonger() throws StoreException {
        long started = System.nanoTime();
        assertThat(store.workStream().read(0, WorkStream.START, 10, Duration.ofMillis(50)))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(40), Duration.ofSeconds(2));

        Thread later = Thread.ofVirtual().start(() -> {
            try {
                store.workStream().append(0, entry(7));
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(store.workStream().read(0, WorkStream.START, 10, Duration.ofSeconds(5)))
                .extracting(StreamEntry::entry)
                .containsExactly(entry(7));
        assertThat(later).isNotNull();
    }

    @Test
    void trimsUpToAndWithAnId() throws StoreException {
        WorkStream work = store.workStream();
        for (int i = 0; i < 4; i++) {
            work.append(0, entry(i));
        }
        String second =
                work.read(0, WorkStream.START, 2, Duration.ZERO).getLast().id();
        work.trimThrough(0, second);

        assertThat(work.length(0)).isEqualTo(2);
        assertThat(work.read(0, WorkStream.START, 10, Duration.ZERO))
                .extracting(StreamEntry::entry)
                .containsExactly(entry(2), entry(3));
    }

    @Test
    void setsMarksAndMovesTheHeartbeat() throws StoreException {
        LogShard one = new LogShard(LogId.ofHex("11".repeat(16)), 0);
        LogShard two = new LogShard(LogId.ofHex("22".repeat(16)), 0);
        long before = store.journalMarks().heartbeat();
        store.journalMarks().publish(Map.of(one, 5L, two, Long.MAX_VALUE));
        store.journalMarks().publish(Map.of(one, 3L));
        store.journalMarks().publish(Map.of());

        assertThat(store.journalMarks().mark(one)).hasValue(3);
        assertThat(store.journalMarks().mark(two)).hasValue(Long.MAX_VALUE);
        assertThat(store.journalMarks().mark(new LogShard(two.log(), 1))).isEmpty();
        assertThat(store.journalMarks().heartbeat()).isEqualTo(before + 3);
    }

    @Test
    void appliesAStepOnceAndOnlyOnThePositionBeforeIt() throws StoreException {
        Balances balances = store.balances();
        Balance one = balance(new SplittableRandom(1));
        Balance two = balance(new SplittableRandom(2));

        assertThat(balances.position()).isEmpty();
        assertThat(balances.apply(Optional.of(FIRST), SECOND, Map.of(account(1), one)))
                .isFalse();
        assertThat(balances.read(account(1))).isEmpty();
        assertThat(balances.apply(Optional.empty(), FIRST, Map.of(account(1), one)))
                .isTrue();
        assertThat(balances.apply(Optional.empty(), FIRST, Map.of(account(1), two)))
                .isFalse();
        assertThat(balances.apply(Optional.of(SECOND), FIRST, Map.of(account(1), two)))
                .isFalse();
        assertThat(balances.read(account(1))).contains(one);
        assertThat(balances.apply(Optional.of(FIRST), SECOND, Map.of(account(2), two)))
                .isTrue();
        assertThat(balances.position()).contains(SECOND);
        assertThat(balances.read(account(1))).contains(one);
        assertThat(balances.read(account(2))).contains(two);
    }

    @Test
    void sumsTenThousandAccountsExactly() throws StoreException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Map<AccountId, Balance> all = new HashMap<>();
        BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
        for (int i = 0; i < 10_000; i++) {
            Balance balance = balance(random);
            all.put(account(i), balance);
            sums[0] = sums[0].add(balance.immature().toFractions());
            sums[1] = sums[1].add(balance.available().toFractions());
            sums[2] = sums[2].add(balance.paying().toFractions());
            sums[3] = sums[3].add(balance.paid().toFractions());
        }
        Balance fee = balance(random);
        all.put(Balances.FEE_ACCOUNT, fee);
        all.put(account(-1), Balance.ZERO);
        assertThat(store.balances().apply(Optional.empty(), FIRST, all)).isTrue();

        Balances.Totals totals = store.balances().totals();
        assertThat(totals.accounts()).as("seed %d", seed).isEqualTo(10_000);
        assertThat(totals.fee()).as("seed %d", seed).isEqualTo(fee);
        assertThat(List.of(
                        totals.miners().immature().toFractions(),
                        totals.miners().available().toFractions(),
                        totals.miners().paying().toFractions(),
                        totals.miners().paid().toFractions()))
                .as("seed %d", seed)
                .containsExactly(sums);
    }

    @Test
    void rebuildReplacesEverythingAtOnce() throws Exception {
        Balances balances = store.balances();
        Balance old = balance(new SplittableRandom(3));
        Balance rebuilt = balance(new SplittableRandom(4));
        Map<AccountId, Balance> all = new HashMap<>();
        for (int i = 0; i < 2_500; i++) {
            all.put(account(i), rebuilt);
        }
        balances.apply(Optional.empty(), FIRST, Map.of(account(0), old, account(9_999), old));
        List<Balance> seen = new ArrayList<>();
        List<Throwable> troubles = new ArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    seen.add(balances.read(account(0)).orElseThrow());
                    if (balances.position().equals(Optional.of(SECOND))) {
                        return;
                    }
                }
            } catch (Exception | AssertionError e) {
                troubles.add(e);
            }
        });
        balances.rebuild(SECOND, all);
        reader.join(Duration.ofSeconds(10));

        assertThat(troubles).isEmpty();
        assertThat(seen).isNotEmpty().allMatch(balance -> balance.equals(old) || balance.equals(rebuilt));
        assertThat(balances.position()).contains(SECOND);
        assertThat(balances.read(account(2_499))).contains(rebuilt);
        assertThat(balances.read(account(9_999))).isEmpty();
        assertThat(balances.totals().accounts()).isEqualTo(2_500);
        assertThat(command("KEYS mote:1:{ledger}:*")).isEqualTo("*2");
        assertThat(balances.apply(Optional.of(SECOND), FIRST, Map.of(account(0), old)))
                .isTrue();
        balances.rebuild(FIRST, Map.of());
        assertThat(balances.totals().accounts()).isZero();
    }

    static BlockView block(int number, State state, String finder) {
        return new BlockView(
                Integer.toHexString(number).repeat(8),
                number,
                state,
                "PPLNS",
                finder,
                "worker ✓",
                new Money(5_000_000_000L, 123),
                Money.ZERO,
                "207fffff",
                1_800_000_000_000L + number,
                0);
    }

    @Test
    void listsBlocksNewestFirstAndCountsTheirFates() throws StoreException {
        for (int i = 1; i <= 4; i++) {
            store.blocks().put(block(i, State.IMMATURE, i % 2 == 0 ? "even" : "odd"));
        }
        store.blocks().put(block(2, State.MATURE, "even"));
        store.blocks().put(block(2, State.MATURE, "even"));
        store.blocks().put(block(3, State.ORPHANED, "even"));

        assertThat(store.blocks().recent(3)).extracting(BlockView::height).containsExactly(4, 3, 2);
        assertThat(store.blocks().recentOf("even", 10))
                .containsExactly(
                        block(4, State.IMMATURE, "even"),
                        block(3, State.ORPHANED, "even"),
                        block(2, State.MATURE, "even"));
        assertThat(store.blocks().recentOf("odd", 10)).containsExactly(block(1, State.IMMATURE, "odd"));
        assertThat(store.blocks().recentOf("nobody", 10)).isEmpty();
        assertThat(store.blocks().counts()).isEqualTo(new Counts(4, 2, 1, 1, 0));
    }

    @Test
    void keepsTheChainsView() throws StoreException {
        ChainStatus.View view = new ChainStatus.View(
                "devnet",
                17,
                "00ff",
                "207fffff",
                16,
                2_000,
                1_800_000_000_000L,
                true,
                100,
                50_000,
                "PPLNS",
                100,
                600,
                312_500_000);
        assertThat(store.chainStatus().read()).isEmpty();
        store.chainStatus().publish(view);
        assertThat(store.chainStatus().read()).contains(view);
    }

    private static final History.Subject WORKER = History.Subject.of(account(1), "desk/1");
    private static final long NOON = 1_800_000_000_000L / 86_400_000 * 86_400_000 + 43_200_000;

    private static History.Entry minute(History.Subject subject, String node, long at, long work, long shares) {
        Bytes id = Sha256.once(Bytes.copyOf((node + at).getBytes(StandardCharsets.UTF_8)))
                .slice(0, History.Entry.ID_BYTES);
        return new History.Entry(subject, id, at, work, shares);
    }

    @Test
    void nodesAddUpInHistoryAndARepetitionCountsOnce() throws StoreException {
        History history = store.history();
        history.add(List.of(
                minute(WORKER, "a", NOON, 40, 4),
                minute(History.Subject.POOL, "a", NOON, 40, 4),
                minute(WORKER, "b", NOON + 60_000, 2, 1)));
        history.add(List.of(minute(WORKER, "a", NOON, 40, 4), minute(WORKER, "a", NOON + 60_000, 0, 0)));

        assertThat(history.read(WORKER, Resolution.MINUTE, 0, Long.MAX_VALUE))
                .containsExactly(new Point(NOON, 40, 4), new Point(NOON + 60_000, 2, 1));
        for (Resolution longer : List.of(Resolution.TEN_MINUTES, Resolution.HOUR, Resolution.DAY)) {
            assertThat(history.read(WORKER, longer, 0, Long.MAX_VALUE))
                    .containsExactly(new Point(longer.startOf(NOON), 42, 5));
        }
        assertThat(history.read(History.Subject.POOL, Resolution.HOUR, 0, Long.MAX_VALUE))
                .containsExactly(new Point(NOON, 40, 4));
        assertThat(history.read(History.Subject.of(account(1)), Resolution.HOUR, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void aSlotWithoutAReportIsAGapAndAnEmptyOneIsAZero() throws StoreException {
        History history = store.history();
        history.add(List.of(minute(WORKER, "a", NOON, 1, 1), minute(WORKER, "a", NOON + 120_000, 0, 0)));

        assertThat(history.read(WORKER, Resolution.MINUTE, NOON, NOON + 600_000))
                .containsExactly(new Point(NOON, 1, 1), new Point(NOON + 120_000, 0, 0));
    }

    /** A plain map stands for the ring: whatever the order of the minutes, what is young enough is there. */
    @Test
    void historyForgetsWhatIsOlderThanItsRingAndNothingElse() throws StoreException {
        History history = store.history();
        SplittableRandom random = new SplittableRandom(20_260_102);
        TreeMap<Long, Long> model = new TreeMap<>();
        long newest = NOON;
        int most = 0;
        for (int i = 0; i < 1_500; i++) {
            long at = Math.max(NOON, newest + random.nextLong(-4, 6) * 60_000);
            at = random.nextInt(200) == 0 ? newest + random.nextLong(400) * 60_000 : at;
            if (at > newest - Resolution.MINUTE.slots() * 60_000L) {
                model.merge(at, (long) i, Long::sum);
            }
            newest = Math.max(newest, at);
            history.add(List.of(minute(WORKER, "n" + i, at, i, 1)));
            if (i % 50 == 0) {
                long oldest = newest - (Resolution.MINUTE.slots() - 1) * 60_000L;
                Map<Long, Long> kept = new TreeMap<>();
                history.read(WORKER, Resolution.MINUTE, 0, Long.MAX_VALUE).forEach(p -> kept.put(p.start(), p.work()));
                assertThat(kept).as("seed 20260102, step %d", i).isEqualTo(model.tailMap(oldest));
                most = Math.max(most, kept.size());
            }
        }
        assertThat(most).as("slots compared at once").isGreaterThan(60);
    }

    @Test
    void historyOfAWorkerIsBoundedAndSoIsTheNumberOfWorkers() throws StoreException {
        History history = store.history();
        for (long hour = 0; hour < 2_500; hour++) {
            history.add(List.of(minute(WORKER, "a", NOON + hour * 3_600_000, hour, 1)));
        }
        assertThat(history.read(WORKER, Resolution.HOUR, 0, Long.MAX_VALUE))
                .hasSize(Resolution.HOUR.slots())
                .endsWith(new Point(NOON + 2_499L * 3_600_000, 2_499, 1));
        assertThat(command("STRLEN " + Keys.history(WORKER, Resolution.HOUR)))
                .contains(Integer.toString(48 + 12 * Resolution.HOUR.slots()));

        List<History.Entry> many = new ArrayList<>();
        for (int i = 0; i <= RedisHistory.WORKERS_MAX; i++) {
            many.add(minute(History.Subject.of(account(2), "w" + i), "a", NOON, 1, 1));
            clock.advance(Duration.ofMillis(1));
        }
        history.add(many);
        assertThat(history.read(History.Subject.of(account(2), "w0"), Resolution.DAY, 0, Long.MAX_VALUE))
                .as("silent for longest")
                .isEmpty();
        assertThat(history.read(History.Subject.of(account(2), "w1"), Resolution.DAY, 0, Long.MAX_VALUE))
                .hasSize(1);
    }

    @Test
    void keepsTheLargestPartsOfAPlan() throws StoreException {
        ReadModels.Plan plan = new ReadModels.Plan(
                "00ff",
                new Money(312_500_000, 0),
                150,
                new Money(4_687_500, 0),
                8,
                3,
                17,
                "78643200000000000000001",
                2,
                List.of(new ReadModels.Part("an address", new Money(1, 5), "7")));
        assertThat(store.readModels().plan("00ff")).isEmpty();
        store.readModels().putPlan(plan);
        assertThat(store.readModels().plan("00ff")).contains(plan);
    }

    static Credit credit(int account, int height) {
        return new Credit(
                account(account),
                "block" + height,
                height,
                new Money(height, 999_999_999_999L),
                "78643200000000000000000",
                "78643200000000000000001",
                1_800_000_000_000L + height);
    }

    private static Payments.Payment payment(long number, Payments.State state) {
        return new Payments.Payment(
                number,
                Payments.Rail.ONCHAIN,
                state,
                "%064x".formatted(number),
                3,
                Money.ofSatoshis(number),
                Money.ofSatoshis(number + 1),
                Money.parse("0.5"),
                number,
                number + 7);
    }

    private static Payments.Part part(int account, long number, Payments.State state) {
        return new Payments.Part(
                account(account),
                number,
                Payments.Rail.LIGHTNING,
                state,
                "",
                Money.ofSatoshis(number),
                Money.parse("0.25"),
                Money.ZERO,
                number,
                number + 7);
    }

    @Test
    void keepsTheNewestPaymentsAndPartsAndReplacesByNumber() throws StoreException {
        Payments payments = store.payments();
        assertThat(payments.recent(10)).isEmpty();
        payments.put(List.of());
        payments.put(LongStream.rangeClosed(1, Payments.KEPT_MAX + 5)
                .mapToObj(number -> payment(number, Payments.State.PREPARED))
                .toList());
        payments.put(List.of(payment(7, Payments.State.CONFIRMED), payment(3, Payments.State.SENT)));
        List<Payments.Payment> kept = payments.recent(5_000);
        assertThat(kept).hasSize(Payments.KEPT_MAX).startsWith(payment(1_005, Payments.State.PREPARED));
        assertThat(kept.reversed())
                .startsWith(payment(6, Payments.State.PREPARED), payment(7, Payments.State.CONFIRMED));
        assertThat(payments.recent(1)).containsExactly(payment(1_005, Payments.State.PREPARED));

        payments.putParts(LongStream.rangeClosed(1, 2 * Payments.PARTS_KEPT_MAX)
                .mapToObj(number -> part(number % 2 == 0 ? 0 : 1, number, Payments.State.SENT))
                .toList());
        payments.putParts(List.of(part(1, 199, Payments.State.CONFIRMED)));
        assertThat(payments.parts(account(1), 1_000))
                .hasSize(Payments.PARTS_KEPT_MAX)
                .startsWith(part(1, 199, Payments.State.CONFIRMED), part(1, 197, Payments.State.SENT));
        assertThat(payments.parts(account(2), 10)).isEmpty();
    }

    @Test
    void keepsTheNewestCreditsOfEachAccount() throws StoreException {
        List<Credit> many = new ArrayList<>();
        for (int height = 150; height > 0; height--) {
            many.add(credit(1, height));
            many.add(credit(2, height % 10));
        }
        store.readModels().putCredits(many);
        store.readModels().putCredits(List.of(credit(1, 3)));

        List<Credit> kept = store.readModels().credits(account(1), 1_000);
        assertThat(kept).hasSize(100).startsWith(credit(1, 150), credit(1, 149)).endsWith(credit(1, 51));
        assertThat(store.readModels().credits(account(2), 1_000)).hasSize(10);
        assertThat(store.readModels().credits(account(2), 1)).containsExactly(credit(2, 9));
        assertThat(store.readModels().credits(account(3), 5)).isEmpty();
    }

    @Test
    void keepsPayoutsState() throws StoreException {
        PayoutState state = new PayoutState(
                "", 9_007_199_254_740_993L, 4, "1".repeat(40), 5, Money.parse("7.5"), Money.ofSatoshis(8), 9, 6);
        assertThat(store.readModels().payoutState()).isEmpty();
        store.readModels().putPayoutState(state);
        assertThat(store.readModels().payoutState()).contains(state);
        assertThat(store.readModels().noticeKey()).isEmpty();
        store.readModels().putNoticeKey("whpk_x");
        assertThat(store.readModels().noticeKey()).contains("whpk_x");
    }

    @Test
    void keepsBansUntilTheyEndOrAreLifted() throws StoreException {
        Bans bans = store.bans();
        long now = clock.epochMillis();
        Ban address = new Ban(Kind.ACCOUNT, "an address", "bot", now, Bans.FOR_EVER);
        Ban network = new Ban(Kind.NETWORK, "203.0.113.0/24", "", now, now + 1_000);
        assertThat(bans.put(address)).isTrue();
        assertThat(bans.put(network)).isTrue();
        assertThat(bans.all()).containsExactlyInAnyOrder(address, network);
        Ban longer = new Ban(Kind.NETWORK, "203.0.113.0/24", "again", now, now + 2_000);
        assertThat(bans.put(longer)).isTrue();
        assertThat(bans.all()).containsExactlyInAnyOrder(address, longer);
        clock.advance(Duration.ofSeconds(2));
        assertThat(bans.all()).containsExactly(address);
        assertThat(bans.remove(Kind.ACCOUNT, "an address")).isTrue();
        assertThat(bans.remove(Kind.ACCOUNT, "an address")).isFalse();
        assertThat(bans.all()).isEmpty();
    }

    @Test
    void boundsBansAndLetsEndedOnesMakeRoom() throws StoreException {
        Bans bans = store.bans();
        long now = clock.epochMillis();
        for (int i = 0; i < Bans.BANS_MAX; i++) {
            long until = i == 0 ? now + 1_000 : Bans.FOR_EVER;
            assertThat(bans.put(new Ban(Kind.NETWORK, "n" + i, "", now, until))).isTrue();
        }
        Ban more = new Ban(Kind.NETWORK, "more", "", now, Bans.FOR_EVER);
        assertThat(bans.put(more)).isFalse();
        assertThat(bans.put(new Ban(Kind.NETWORK, "n5", "replaced", now, Bans.FOR_EVER)))
                .isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(bans.put(more)).isTrue();
        assertThat(bans.all()).hasSize(Bans.BANS_MAX).contains(more);
    }

    @Test
    void storesNoAddressAndNoNameOfASession() throws StoreException {
        Sessions.Trait trait = new Sessions.Trait(account(1), "a name", "micro", Bytes.ofHex("0a0b0c0d"));
        String id = "0123456789abcdef";
        store.sessions()
                .keep(List.of(new Sessions.Closed(id, trait, clock.epochMillis(), new Sessions.Known(19, 5, 1e-9))));
        String held = Keys.sessions(account(1));
        assertThat(command("HSTRLEN " + held + " " + id))
                .isEqualTo(
                        ":" + (SourceHash.CHARACTERS + "{\"level\":19,\"shares\":5.0,\"exposure\":1.0E-9}".length()));
        byte[] key = new byte[SourceHash.KEY_BYTES];
        assertThat(SourceHash.of(trait, key))
                .as("two bytes of a keyed hash")
                .hasSize(SourceHash.CHARACTERS)
                .isNotEqualTo(
                        SourceHash.of(trait, "k".repeat(SourceHash.KEY_BYTES).getBytes(StandardCharsets.UTF_8)));
        for (String kept : List.of(held, Keys.sessionsEnd(account(1)), Keys.sessionsTrait(account(1)))) {
            assertThat(Long.parseLong(command("PTTL " + kept).substring(1))).isBetween(1L, Sessions.KEPT.toMillis());
        }
    }

    @Test
    void claimsASessionOnAnotherNode() throws StoreException {
        Sessions.Trait trait = new Sessions.Trait(account(1), "desk", "micro", Bytes.ofHex("0a0b0c0d"));
        Sessions.Known known = new Sessions.Known(19, 5, 1e-9);
        store.sessions().keep(List.of(new Sessions.Closed("0".repeat(16), trait, clock.epochMillis(), known)));
        try (Store other = openOnAnotherNode()) {
            assertThat(other.sessions().take(new Sessions.Claim(trait, Optional.empty())))
                    .contains(known);
        }
    }

    @Test
    void passesOverASessionThatNobodyCanRead() throws StoreException {
        Sessions.Trait desk = new Sessions.Trait(account(1), "desk", "micro", Bytes.ofHex("0a0b0c0d"));
        Sessions.Trait shelf = new Sessions.Trait(account(1), "shelf", "micro", Bytes.ofHex("0a0b0c0d"));
        Sessions.Known known = new Sessions.Known(19, 5, 1e-9);
        store.sessions()
                .keep(List.of(
                        new Sessions.Closed("0".repeat(16), desk, clock.epochMillis(), known),
                        new Sessions.Closed("1".repeat(16), shelf, clock.epochMillis(), known)));
        command("HSET " + Keys.sessions(account(1)) + " " + "0".repeat(16) + " " + "x".repeat(20) + "nonsense");
        assertThat(store.sessions()
                        .take(List.of(
                                new Sessions.Claim(desk, Optional.of("0".repeat(16))),
                                new Sessions.Claim(shelf, Optional.empty()))))
                .containsExactly(Optional.empty(), Optional.of(known));
    }

    private static Request request(int account, int number) {
        return new Request(account(account), "address " + account, "text " + number, "signature", number);
    }

    @Test
    void givesRequestsInOrderAndKeepsWhatBecameOfThem() throws StoreException {
        Requests requests = store.requests();
        Request first = request(1, 1);
        Request second = request(2, 2);
        assertThat(requests.append(second)).isEqualTo(Taken.TAKEN);
        assertThat(requests.append(first)).isEqualTo(Taken.TAKEN);
        assertThat(requests.append(first)).as("again").isEqualTo(Taken.TAKEN);
        assertThat(requests.waiting(10)).containsExactly(first, second);
        assertThat(requests.waiting(1)).containsExactly(first);
        assertThat(requests.outcome(first.id())).isEmpty();
        assertThat(requests.isWaiting(first.id())).isTrue();
        Outcome outcome = new Outcome(false, "why", 3);
        requests.settle(first, outcome);
        assertThat(requests.waiting(10)).containsExactly(second);
        assertThat(requests.outcome(first.id())).contains(outcome);
        assertThat(requests.isWaiting(first.id())).isFalse();
        requests.settle(first, outcome);
        assertThat(requests.waiting(10)).as("a repetition changes nothing").containsExactly(second);
        assertThat(requests.outcome("no such")).isEmpty();
    }

    @Test
    void boundsRequestsInAllAndOfEachAccount() throws StoreException {
        Requests requests = store.requests();
        for (int i = 0; i < Requests.WAITING_OF_ACCOUNT_MAX; i++) {
            assertThat(requests.append(request(0, i))).isEqualTo(Taken.TAKEN);
        }
        assertThat(requests.append(request(0, 99))).isEqualTo(Taken.ACCOUNT_FULL);
        requests.settle(request(0, 0), new Outcome(true, "", 1));
        requests.settle(request(0, 0), new Outcome(true, "", 1));
        assertThat(requests.append(request(0, 99))).isEqualTo(Taken.TAKEN);
        assertThat(requests.append(request(0, 100))).isEqualTo(Taken.ACCOUNT_FULL);
        for (int i = Requests.WAITING_OF_ACCOUNT_MAX; i < Requests.WAITING_MAX; i++) {
            assertThat(requests.append(request(i, 0))).isEqualTo(Taken.TAKEN);
        }
        assertThat(requests.append(request(2_000, 0))).isEqualTo(Taken.FULL);
        assertThat(requests.append(request(7, 0))).as("it waits already").isEqualTo(Taken.TAKEN);
        assertThat(requests.waiting(5_000)).hasSize(Requests.WAITING_MAX);
    }

    @Test
    void keepsAStatementsLinesAndOneShare() throws StoreException {
        Statements statements = store.statements();
        Statements.Line line = line("a block", new Money(5, 1));
        statements.put(List.of(line("a block", new Money(4, 0)), line("another", Money.ZERO)));
        statements.put(List.of(line));
        assertThat(statements.lines(account(1), 10)).hasSize(2).contains(line);
        assertThat(statements.lines(account(2), 10)).isEmpty();

        Statements.ShareProof share =
                new Statements.ShareProof(account(1), "11", 5, 6, "00ff", 0, 1, List.of(), "22", 7);
        assertThat(statements.share(account(1))).isEmpty();
        statements.putShares(List.of(share));
        assertThat(statements.share(account(1))).contains(share);
    }

    private static Statements.Line line(String subject, Money amount) {
        return new Statements.Line(
                account(1),
                Statements.Kind.BLOCK,
                subject,
                17,
                "",
                amount,
                Money.ZERO,
                amount,
                "0",
                "1",
                "2",
                1,
                2,
                1,
                0,
                "33",
                "44",
                List.of(),
                3);
    }

    @Test
    void keepsPreferences() throws StoreException {
        Standing standing = new Standing(
                account(1),
                9_007_199_254_740_993L,
                List.of(new Value("donate", "2.5%", 5)),
                List.of(new Change("threshold", "20000 sat", 6, 7)),
                8);
        assertThat(store.preferences().read(account(1))).isEmpty();
        store.preferences().put(List.of(standing));
        assertThat(store.preferences().read(account(1))).contains(standing);
    }
}
