package org.motepool.dashboards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;
import org.motepool.store.Balances;
import org.motepool.store.Bans;
import org.motepool.store.Blocks;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.JournalMarks;
import org.motepool.store.LiveStats;
import org.motepool.store.Payments;
import org.motepool.store.Preferences;
import org.motepool.store.ReadModels;
import org.motepool.store.Requests;
import org.motepool.store.Sessions;
import org.motepool.store.Statements;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;

/** A store in memory whose reading doors are real; it can be away, by refusal or by silence. Thread-safe. */
public final class FakeStore implements Store {
    final Map<String, Statements.Line> lines = new ConcurrentHashMap<>();
    final Map<AccountId, Statements.ShareProof> shares = new ConcurrentHashMap<>();
    public final Map<AccountId, Balances.Balance> balances = new ConcurrentHashMap<>();
    public final Map<AccountId, List<LiveStats.WorkerReport>> workers = new ConcurrentHashMap<>();
    public final Map<AccountId, List<ReadModels.Credit>> credits = new ConcurrentHashMap<>();
    public final Map<String, ReadModels.Plan> plans = new ConcurrentHashMap<>();
    public final Map<History.Subject, Map<History.Resolution, List<History.Point>>> history = new ConcurrentHashMap<>();
    public final List<Requests.Request> requests = new CopyOnWriteArrayList<>();
    public final Map<String, Requests.Outcome> outcomes = new ConcurrentHashMap<>();
    public final Map<AccountId, Preferences.Standing> preferences = new ConcurrentHashMap<>();
    /** What is answered to who leaves a request. */
    public volatile Requests.Taken taken = Requests.Taken.TAKEN;

    /** Where the copy of the books stands. */
    public volatile Optional<Balances.Position> position =
            Optional.of(new Balances.Position("5a".repeat(16), 7, "0".repeat(64)));

    public volatile Optional<String> noticeKey = Optional.empty();
    public final List<Payments.Payment> payments = new CopyOnWriteArrayList<>();
    public final List<Payments.Part> parts = new CopyOnWriteArrayList<>();
    public final List<LiveStats.NodeReport> nodes = new CopyOnWriteArrayList<>();
    public final List<Blocks.BlockView> blocks = new CopyOnWriteArrayList<>();
    /** How often the chain's state was read. */
    public final AtomicInteger looks = new AtomicInteger();

    public volatile Optional<ChainStatus.View> chain = Optional.empty();
    public volatile Optional<ReadModels.PayoutState> payout = Optional.empty();
    public volatile boolean connected = true;
    public volatile boolean refusing;
    /** A defect within the store. */
    public volatile boolean broken;
    /** While it is not 0, a read of the chain's state waits. */
    public volatile CountDownLatch silence = new CountDownLatch(0);

    @Override
    public WorkStream workStream() {
        throw new UnsupportedOperationException("pages do not read work");
    }

    @Override
    public Sessions sessions() {
        throw new UnsupportedOperationException("pages do not read sessions");
    }

    @Override
    public Bans bans() {
        throw new UnsupportedOperationException("pages do not read bans");
    }

    @Override
    public Requests requests() {
        return new Requests() {
            @Override
            public Taken append(Request request) throws StoreException {
                answer();
                if (taken == Taken.TAKEN) {
                    requests.add(request);
                }
                return taken;
            }

            @Override
            public List<Request> waiting(int max) {
                return requests.stream().limit(max).toList();
            }

            @Override
            public boolean isWaiting(String id) throws StoreException {
                answer();
                return requests.stream().anyMatch(each -> each.id().equals(id));
            }

            @Override
            public void settle(Request request, Outcome outcome) {
                requests.remove(request);
                outcomes.put(request.id(), outcome);
            }

            @Override
            public Optional<Outcome> outcome(String id) throws StoreException {
                answer();
                return Optional.ofNullable(outcomes.get(id));
            }
        };
    }

    @Override
    public Preferences preferences() {
        return new Preferences() {
            @Override
            public void put(List<Standing> standings) {
                standings.forEach(each -> preferences.put(each.account(), each));
            }

            @Override
            public Optional<Standing> read(AccountId account) throws StoreException {
                answer();
                return Optional.ofNullable(preferences.get(account));
            }
        };
    }

    @Override
    public JournalMarks journalMarks() {
        throw new UnsupportedOperationException("pages do not read marks");
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {}

    private void answer() throws StoreException {
        if (broken) {
            throw new IllegalStateException("broken, as the test wants it");
        }
        if (refusing || !connected) {
            throw new StoreException("refused, as the test wants it");
        }
    }

    @Override
    public Balances balances() {
        return new Balances() {
            @Override
            public Optional<Position> position() throws StoreException {
                answer();
                return position;
            }

            @Override
            public boolean apply(Optional<Position> before, Position after, Map<AccountId, Balance> changed) {
                balances.putAll(changed);
                return true;
            }

            @Override
            public void rebuild(Position at, Map<AccountId, Balance> all) {
                balances.clear();
                balances.putAll(all);
            }

            @Override
            public Optional<Balance> read(AccountId account) throws StoreException {
                answer();
                return Optional.ofNullable(balances.get(account));
            }

            @Override
            public Totals totals() throws StoreException {
                answer();
                Money immature = Money.ZERO;
                Money available = Money.ZERO;
                for (Balance balance : balances.values()) {
                    immature = immature.plus(balance.immature());
                    available = available.plus(balance.available());
                }
                Balance miners = new Balance(immature, available, Money.ZERO, Money.ZERO);
                return new Totals(balances.size(), miners, Balance.ZERO);
            }
        };
    }

    @Override
    public Blocks blocks() {
        return new Blocks() {
            @Override
            public void put(BlockView block) {
                blocks.add(block);
            }

            @Override
            public List<BlockView> recent(int max) throws StoreException {
                answer();
                return blocks.stream()
                        .sorted(Comparator.comparingLong(BlockView::foundAt).reversed())
                        .limit(max)
                        .toList();
            }

            @Override
            public List<BlockView> recentOf(String finder, int max) throws StoreException {
                return recent(max).stream()
                        .filter(block -> block.finder().equals(finder))
                        .toList();
            }

            @Override
            public Counts counts() throws StoreException {
                answer();
                Map<State, Long> of = new HashMap<>();
                blocks.forEach(block -> of.merge(block.state(), 1L, Long::sum));
                return new Counts(
                        blocks.size(),
                        of.getOrDefault(State.IMMATURE, 0L),
                        of.getOrDefault(State.MATURE, 0L),
                        of.getOrDefault(State.ORPHANED, 0L),
                        of.getOrDefault(State.REFUSED, 0L));
            }
        };
    }

    @Override
    public Statements statements() {
        return new Statements() {
            @Override
            public void put(List<Line> put) throws StoreException {
                put.forEach(each -> lines.put(each.kind() + each.subject() + each.account(), each));
            }

            @Override
            public List<Line> lines(AccountId account, int max) {
                return lines.values().stream()
                        .filter(line -> line.account().equals(account))
                        .sorted(Comparator.comparingLong(Line::at).reversed())
                        .limit(max)
                        .toList();
            }

            @Override
            public void putShares(List<ShareProof> put) {
                put.forEach(share -> shares.put(share.account(), share));
            }

            @Override
            public Optional<ShareProof> share(AccountId account) {
                return Optional.ofNullable(shares.get(account));
            }
        };
    }

    @Override
    public Payments payments() {
        return new Payments() {
            @Override
            public void put(List<Payment> put) {
                payments.addAll(put);
            }

            @Override
            public List<Payment> recent(int max) throws StoreException {
                answer();
                return payments.stream()
                        .sorted(Comparator.comparingLong(Payment::number).reversed())
                        .limit(max)
                        .toList();
            }

            @Override
            public void putParts(List<Part> put) {
                parts.addAll(put);
            }

            @Override
            public List<Part> parts(AccountId account, int max) throws StoreException {
                answer();
                return parts.stream()
                        .filter(part -> part.account().equals(account))
                        .sorted(Comparator.comparingLong(Part::payment).reversed())
                        .limit(max)
                        .toList();
            }
        };
    }

    @Override
    public LiveStats liveStats() {
        return new LiveStats() {
            @Override
            public void publish(NodeReport node, List<WorkerReport> changed) {
                nodes.add(node);
                changed.forEach(worker -> workers.computeIfAbsent(worker.account(), id -> new CopyOnWriteArrayList<>())
                        .add(worker));
            }

            @Override
            public void withdraw(String nodeId) {
                nodes.removeIf(node -> node.nodeId().equals(nodeId));
            }

            @Override
            public List<WorkerReport> workers(AccountId account) throws StoreException {
                answer();
                return List.copyOf(workers.getOrDefault(account, List.of()));
            }

            @Override
            public List<NodeReport> nodes() throws StoreException {
                answer();
                return new ArrayList<>(nodes);
            }
        };
    }

    @Override
    public History history() {
        return new History() {
            @Override
            public void add(List<Entry> entries) {
                throw new UnsupportedOperationException("pages do not write history");
            }

            @Override
            public List<Point> read(Subject subject, Resolution resolution, long from, long to) throws StoreException {
                answer();
                return history.getOrDefault(subject, Map.of()).getOrDefault(resolution, List.of()).stream()
                        .filter(point -> point.start() >= from && point.start() < to)
                        .toList();
            }
        };
    }

    @Override
    public ChainStatus chainStatus() {
        return new ChainStatus() {
            @Override
            public void publish(View view) {
                chain = Optional.of(view);
            }

            @Override
            public Optional<View> read() throws StoreException {
                looks.incrementAndGet();
                try {
                    silence.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoreException("interrupted", e);
                }
                answer();
                return chain;
            }
        };
    }

    @Override
    public ReadModels readModels() {
        return new ReadModels() {
            @Override
            public void putPlan(Plan plan) {
                plans.put(plan.blockHash(), plan);
            }

            @Override
            public Optional<Plan> plan(String blockHash) throws StoreException {
                answer();
                return Optional.ofNullable(plans.get(blockHash));
            }

            @Override
            public void putCredits(List<Credit> all) {
                all.forEach(credit -> credits.computeIfAbsent(credit.account(), id -> new CopyOnWriteArrayList<>())
                        .add(credit));
            }

            @Override
            public List<Credit> credits(AccountId account, int max) throws StoreException {
                answer();
                return credits.getOrDefault(account, List.of()).stream()
                        .limit(max)
                        .toList();
            }

            @Override
            public void putNoticeKey(String key) {
                noticeKey = Optional.of(key);
            }

            @Override
            public Optional<String> noticeKey() throws StoreException {
                answer();
                return noticeKey;
            }

            @Override
            public void putPayoutState(PayoutState state) {
                payout = Optional.of(state);
            }

            @Override
            public Optional<PayoutState> payoutState() throws StoreException {
                answer();
                return payout;
            }
        };
    }
}
