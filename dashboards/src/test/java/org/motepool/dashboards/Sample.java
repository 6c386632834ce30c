package org.motepool.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.LiveStats;
import org.motepool.store.LiveStats.NodeReport;
import org.motepool.store.LiveStats.SessionReport;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.Payments;
import org.motepool.store.ReadModels;

/** Made-up numbers of a small pool at one moment. */
public final class Sample {
    /** 2026-01-02T09:04:05Z. */
    public static final long NOW_SECONDS = 1_767_344_645L;

    public static final long NOW = NOW_SECONDS * 1000;

    private Sample() {}

    /** A made-up account, different for each number. */
    public static PayoutAddress address(int number) {
        Bytes hash = Sha256.once(Bytes.copyOf(new byte[] {(byte) (number >> 8), (byte) number}));
        return PayoutAddress.ofWitnessKeyHash(hash.slice(0, 20), Network.DEVNET);
    }

    /** A pool on the devnet with one port. */
    public static DashboardSettings settings(int port) {
        return new DashboardSettings(
                "127.0.0.1",
                port,
                OptionalInt.of(0),
                "Test pool",
                "pool.example",
                List.of(new PoolPort(PoolPort.Kind.PLAIN, 3333)),
                Network.DEVNET,
                30);
    }

    /** A wavy past with a gap of some hours. */
    private static void past(FakeStore store, History.Subject subject, long unitsPerSecond) {
        Map<History.Resolution, List<History.Point>> all = new ConcurrentHashMap<>();
        for (History.Resolution resolution : History.Resolution.values()) {
            List<History.Point> points = new ArrayList<>();
            long end = resolution.startOf(NOW);
            for (int i = Math.min(200, resolution.slots()); i > 0; i--) {
                if (i < 60 || i > 75) {
                    double wave = 1 + 0.15 * Math.sin(i / 9.0) + 0.05 * Math.sin(i * 1.7);
                    long work = Math.round(unitsPerSecond * wave * resolution.millis() / 1_000);
                    points.add(
                            new History.Point(end - i * resolution.millis(), work, 40 + resolution.millis() / 60_000));
                }
            }
            all.put(resolution, points);
        }
        store.history.put(subject, all);
    }

    public static ChainStatus.View chain(int powShift, long templateAt) {
        return new ChainStatus.View(
                "devnet",
                900_001,
                "00".repeat(32),
                "1d00ffff",
                powShift,
                12,
                templateAt,
                true,
                150,
                10_000,
                "PPLNS",
                6,
                600,
                312_500_000);
    }

    public static NodeReport node() {
        return new NodeReport(
                "node-1",
                26,
                24,
                7,
                18_200,
                Map.of("stale", 12L),
                1_600,
                441_284,
                600,
                1834.224,
                96.5,
                "scalar",
                NOW - 7_200_000,
                NOW - 400,
                List.of(
                        new LiveStats.FamilyReport("bitaxe", "asic", 1, 48_000_000, 1_200, 1834.224),
                        new LiveStats.FamilyReport("nerdminer", "micro", 23, 236_000, 400, 12.5)));
    }

    public static SessionReport session(String id, String userAgent, int level, long connectedAt) {
        return new SessionReport(id, userAgent, "micro", level, connectedAt);
    }

    /** An online worker with a window of shares at its level. */
    public static WorkerReport worker(PayoutAddress of, String name, SessionReport session, long windowShares) {
        long units = 1L << (session.level() - 16);
        return new WorkerReport(
                of.accountId(),
                of.canonical(),
                name,
                "node-1",
                List.of(session),
                windowShares * 3,
                Map.of("stale", 2L, "low_difficulty", 1L),
                windowShares * 3 * units,
                windowShares,
                windowShares * units,
                600,
                1834.224,
                96.5,
                NOW - 1_800_000,
                NOW - 900,
                windowShares == 0 ? 0 : NOW - 4_000);
    }

    public static Blocks.BlockView block(int height, Blocks.State state, PayoutAddress finder, long foundAt) {
        return new Blocks.BlockView(
                "%064x".formatted(height),
                height,
                state,
                "PPLNS",
                finder.canonical(),
                "desk",
                Money.ofSatoshis(312_500_000),
                Money.ofSatoshis(4_687_500),
                "1d00ffff",
                foundAt,
                3);
    }

    public static ReadModels.Credit credit(AccountId account, int height, String amount) {
        return new ReadModels.Credit(
                account, "%064x".formatted(height), height, Money.parse(amount), "41297", "1000000", NOW - 60_000);
    }

    private static void payments(FakeStore store, PayoutAddress one) {
        for (int number = 1; number <= 3; number++) {
            boolean lightning = number == 2;
            Payments.State state = number == 3 ? Payments.State.SENT : Payments.State.CONFIRMED;
            Payments.Rail rail = lightning ? Payments.Rail.LIGHTNING : Payments.Rail.ONCHAIN;
            long at = NOW - (4 - number) * 86_000_000L;
            String reference = "%02x".formatted(number).repeat(32);
            store.payments.add(new Payments.Payment(
                    number,
                    rail,
                    state,
                    reference,
                    lightning ? 1 : 12,
                    Money.ofSatoshis(1_000_000L * number),
                    Money.ofSatoshis(number == 1 ? 2_503 : 0),
                    Money.ofSatoshis(lightning ? 1 : 282),
                    at - 60_000,
                    at));
            store.parts.add(new Payments.Part(
                    one.accountId(),
                    number,
                    rail,
                    state,
                    reference,
                    Money.parse("123456.123456789012"),
                    Money.ofSatoshis(number == 1 ? 2_503 : 0),
                    lightning ? Money.ZERO : Money.ofSatoshis(24),
                    at - 60_000,
                    at));
        }
    }

    /** A pool with some of everything; account 1 is the fullest. */
    public static FakeStore store() {
        FakeStore store = new FakeStore();
        store.chain = Optional.of(chain(16, NOW - 3_000));
        store.nodes.add(node());
        PayoutAddress one = address(1);
        PayoutAddress two = address(2);
        store.workers.put(
                one.accountId(),
                List.of(
                        worker(one, "desk", session("1a2b3c4d", "NerdMinerV2/1.8.3", 21, NOW - 1_800_000), 90),
                        worker(one, "shelf", session("1a2b3c4e", "bitaxe/BM1370/v2.9", 38, NOW - 86_400_000), 61),
                        worker(one, "kettle", session("1a2b3c4f", "LeafMiner 1.2", 16, NOW - 30_000), 0)));
        store.balances.put(
                one.accountId(),
                new Balances.Balance(
                        Money.parse("12902837.123456789012"),
                        Money.parse("4321.000000000007"),
                        Money.ZERO,
                        Money.ZERO));
        store.credits.put(
                one.accountId(),
                List.of(
                        credit(one.accountId(), 900_001, "12711902.041666666667"),
                        credit(one.accountId(), 899_998, "190935.081790122345")));
        store.blocks.add(block(900_001, Blocks.State.IMMATURE, one, NOW - 42_000));
        store.blocks.add(block(899_998, Blocks.State.MATURE, two, NOW - 4_000_000));
        store.blocks.add(block(899_990, Blocks.State.ORPHANED, two, NOW - 90_000_000));
        store.blocks.add(block(899_980, Blocks.State.SUBMITTED, two, NOW - 190_000_000));
        past(store, History.Subject.POOL, 735);
        past(store, History.Subject.of(one.accountId()), 480);
        past(store, History.Subject.of(one.accountId(), "desk"), 5);
        payments(store, one);
        store.plans.put(
                "%064x".formatted(900_001),
                new ReadModels.Plan(
                        "%064x".formatted(900_001),
                        Money.ofSatoshis(312_500_000),
                        150,
                        Money.ofSatoshis(4_687_500),
                        8,
                        41_200,
                        41_297,
                        "1000000",
                        2,
                        List.of(
                                new ReadModels.Part(two.canonical(), Money.parse("295100597.958333333333"), "958703"),
                                new ReadModels.Part(one.canonical(), Money.parse("12711902.041666666667"), "41297"))));
        return store;
    }
}
