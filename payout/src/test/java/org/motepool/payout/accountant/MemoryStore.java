package org.motepool.payout.accountant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogShard;
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

/** The store in memory, with faults between effects. Used by one thread. */
final class MemoryStore implements Store {
    final Map<String, Statements.Line> lines = new HashMap<>();
    final Map<AccountId, Statements.ShareProof> shares = new HashMap<>();
    final Faults faults;
    final TreeMap<Long, Bytes> stream = new TreeMap<>();
    final Map<LogShard, Long> marks = new HashMap<>();
    final Map<AccountId, Balances.Balance> balances = new HashMap<>();
    final Map<String, Blocks.BlockView> blocks = new LinkedHashMap<>();
    final Map<String, ReadModels.Credit> credits = new HashMap<>();
    final Map<String, ReadModels.Plan> plans = new HashMap<>();
    String noticeKey = "";
    final TreeMap<Long, Payments.Payment> payments = new TreeMap<>();
    final Map<AccountId, TreeMap<Long, Payments.Part>> parts = new HashMap<>();
    final Map<String, Requests.Request> requests = new LinkedHashMap<>();
    final Map<String, Requests.Outcome> outcomes = new HashMap<>();
    final Map<AccountId, Preferences.Standing> preferences = new HashMap<>();
    Optional<Balances.Position> position = Optional.empty();
    Optional<ReadModels.PayoutState> state = Optional.empty();
    long heartbeat;
    long interruptions;
    /** Runs once, before sums are read. */
    Runnable beforeTotals = () -> {};

    private long lastId;

    MemoryStore(Faults faults) {
        this.faults = faults;
    }

    void append(WorkEntry entry) {
        stream.put(++lastId, entry.toBytes());
    }

    /** Everything is lost. */
    void empty() {
        stream.clear();
        marks.clear();
        balances.clear();
        blocks.clear();
        credits.clear();
        plans.clear();
        lines.clear();
        payments.clear();
        parts.clear();
        requests.clear();
        outcomes.clear();
        preferences.clear();
        position = Optional.empty();
        state = Optional.empty();
        heartbeat = 0;
    }

    @FunctionalInterface
    private interface Effect {
        void run();
    }

    private void effect(String name, Effect effect) throws StoreException {
        faults.answer();
        faults.boundary("before " + name);
        effect.run();
        faults.boundary("after " + name);
    }

    @Override
    public Sessions sessions() {
        throw new UnsupportedOperationException("the accountant does not read sessions");
    }

    @Override
    public Bans bans() {
        throw new UnsupportedOperationException("payout does not read bans");
    }

    @Override
    public Requests requests() {
        return new Requests() {
            @Override
            public Taken append(Request request) {
                requests.putIfAbsent(request.id(), request);
                return Taken.TAKEN;
            }

            @Override
            public List<Request> waiting(int max) throws StoreException {
                faults.answer();
                return requests.values().stream().limit(max).toList();
            }

            @Override
            public boolean isWaiting(String id) {
                return requests.containsKey(id);
            }

            @Override
            public void settle(Request request, Outcome outcome) throws StoreException {
                effect("settle", () -> {
                    requests.remove(request.id());
                    outcomes.put(request.id(), outcome);
                });
            }

            @Override
            public Optional<Outcome> outcome(String id) {
                return Optional.ofNullable(outcomes.get(id));
            }
        };
    }

    @Override
    public Payments payments() {
        return new Payments() {
            @Override
            public void put(List<Payment> put) throws StoreException {
                effect("payments", () -> put.forEach(each -> payments.put(each.number(), each)));
            }

            @Override
            public List<Payment> recent(int max) throws StoreException {
                faults.answer();
                return payments.descendingMap().values().stream().limit(max).toList();
            }

            @Override
            public void putParts(List<Part> put) throws StoreException {
                effect(
                        "parts",
                        () -> put.forEach(each -> parts.computeIfAbsent(each.account(), account -> new TreeMap<>())
                                .put(each.payment(), each)));
            }

            @Override
            public List<Part> parts(AccountId account, int max) {
                return parts.getOrDefault(account, new TreeMap<>()).descendingMap().values().stream()
                        .limit(max)
                        .toList();
            }
        };
    }

    @Override
    public Preferences preferences() {
        return new Preferences() {
            @Override
            public void put(List<Standing> standings) throws StoreException {
                effect("preferences", () -> standings.forEach(each -> preferences.put(each.account(), each)));
            }

            @Override
            public Optional<Standing> read(AccountId account) {
                return Optional.ofNullable(preferences.get(account));
            }
        };
    }

    @Override
    public WorkStream workStream() {
        return new WorkStream() {
            @Override
            public int shards() {
                return 1;
            }

            @Override
            public void append(int shard, Bytes entry) {
                stream.put(++lastId, entry);
            }

            @Override
            public List<StreamEntry> read(int shard, String afterId, int max, Duration wait) throws StoreException {
                faults.answer();
                long after = Long.parseLong(afterId.substring(0, afterId.indexOf('-')));
                return stream.tailMap(after, false).entrySet().stream()
                        .limit(max)
                        .map(each -> new StreamEntry(each.getKey() + "-0", each.getValue()))
                        .toList();
            }

            @Override
            public void trimThrough(int shard, String id) throws StoreException {
                long through = Long.parseLong(id.substring(0, id.indexOf('-')));
                effect("trim", () -> stream.headMap(through, true).clear());
            }

            @Override
            public long length(int shard) {
                return stream.size();
            }
        };
    }

    @Override
    public JournalMarks journalMarks() {
        return new JournalMarks() {
            @Override
            public void publish(Map<LogShard, Long> moved) throws StoreException {
                effect("marks", () -> {
                    marks.putAll(moved);
                    heartbeat++;
                });
            }

            @Override
            public OptionalLong mark(LogShard source) {
                Long mark = marks.get(source);
                return mark == null ? OptionalLong.empty() : OptionalLong.of(mark);
            }

            @Override
            public long heartbeat() {
                return heartbeat;
            }
        };
    }

    @Override
    public Balances balances() {
        return new Balances() {
            @Override
            public Optional<Position> position() throws StoreException {
                faults.answer();
                return position;
            }

            @Override
            public boolean apply(Optional<Position> before, Position after, Map<AccountId, Balance> changed)
                    throws StoreException {
                if (!before.equals(position)) {
                    return false;
                }
                effect("balances", () -> {
                    balances.putAll(changed);
                    position = Optional.of(after);
                });
                return true;
            }

            @Override
            public void rebuild(Position at, Map<AccountId, Balance> all) throws StoreException {
                effect("rebuild", () -> {
                    balances.clear();
                    balances.putAll(all);
                    position = Optional.of(at);
                });
            }

            @Override
            public Optional<Balance> read(AccountId account) {
                return Optional.ofNullable(balances.get(account));
            }

            @Override
            public Totals totals() throws StoreException {
                faults.answer();
                Runnable now = beforeTotals;
                beforeTotals = () -> {};
                now.run();
                return sums();
            }
        };
    }

    Balances.Totals sums() {
        Balances.Balance sum = Balances.Balance.ZERO;
        Balances.Balance fee = Balances.Balance.ZERO;
        long accounts = 0;
        for (Map.Entry<AccountId, Balances.Balance> each : balances.entrySet()) {
            Balances.Balance one = each.getValue();
            if (each.getKey().equals(Balances.FEE_ACCOUNT)) {
                fee = one;
            } else {
                accounts++;
                sum = new Balances.Balance(
                        sum.immature().plus(one.immature()),
                        sum.available().plus(one.available()),
                        sum.paying().plus(one.paying()),
                        sum.paid().plus(one.paid()));
            }
        }
        return new Balances.Totals(accounts, sum, fee);
    }

    @Override
    public Blocks blocks() {
        return new Blocks() {
            @Override
            public void put(BlockView block) throws StoreException {
                effect("block view", () -> blocks.put(block.hash(), block));
            }

            @Override
            public List<BlockView> recent(int max) {
                return List.copyOf(blocks.values());
            }

            @Override
            public List<BlockView> recentOf(String finder, int max) {
                return recent(max);
            }

            @Override
            public Counts counts() {
                return new Counts(blocks.size(), 0, 0, 0, 0);
            }
        };
    }

    @Override
    public ReadModels readModels() {
        return new ReadModels() {
            @Override
            public void putPlan(Plan plan) throws StoreException {
                effect("plan", () -> plans.put(plan.blockHash(), plan));
            }

            @Override
            public Optional<Plan> plan(String blockHash) {
                return Optional.ofNullable(plans.get(blockHash));
            }

            @Override
            public void putCredits(List<Credit> put) throws StoreException {
                effect("credits", () -> put.forEach(each -> credits.put(each.blockHash() + each.account(), each)));
            }

            @Override
            public List<Credit> credits(AccountId account, int max) {
                List<Credit> found = new ArrayList<>(credits.values());
                found.removeIf(each -> !each.account().equals(account));
                return found;
            }

            @Override
            public void putNoticeKey(String key) {
                noticeKey = key;
            }

            @Override
            public Optional<String> noticeKey() {
                return Optional.of(noticeKey).filter(key -> !key.isEmpty());
            }

            @Override
            public void putPayoutState(PayoutState put) throws StoreException {
                effect("state", () -> state = Optional.of(put));
            }

            @Override
            public Optional<PayoutState> payoutState() {
                return state;
            }
        };
    }

    @Override
    public Statements statements() {
        return new Statements() {
            @Override
            public void put(List<Line> put) throws StoreException {
                effect(
                        "statement",
                        () -> put.forEach(each -> lines.put(each.kind() + each.subject() + each.account(), each)));
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
    public LiveStats liveStats() {
        throw new UnsupportedOperationException("payout does not look at live statistics");
    }

    @Override
    public History history() {
        throw new UnsupportedOperationException("payout keeps no history of work");
    }

    @Override
    public ChainStatus chainStatus() {
        throw new UnsupportedOperationException("payout does not publish the chain's status");
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public long interruptions() {
        return interruptions;
    }

    @Override
    public void close() {}
}
