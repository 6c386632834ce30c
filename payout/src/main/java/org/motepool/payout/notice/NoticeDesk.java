package org.motepool.payout.notice;

import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.motepool.core.account.AccountId;
import org.motepool.core.preference.NoticeKind;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.accountant.JournalListener;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PreferenceBook.Notices;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.notice.NoticePost.Channel;
import org.motepool.payout.notice.WorkerWatch.Look;
import org.motepool.payout.preference.PreferenceListener;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what owners are told: hears the accountant, looks at workers, and hands notices to {@link Deliveries}. It works
 * from {@link #begin} to {@link #end}, while this process is the accountant. Thread-safe.
 */
public final class NoticeDesk implements PreferenceListener, JournalListener, AutoCloseable {
    /** Accounts that are told anything; who decides later than so many others is not. */
    static final int TARGETS_MAX = 10_000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Duration DELIVER_EVERY = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(NoticeDesk.class);

    private final Store store;
    private final PoolClock clock;
    private final String shownKey;
    private final Duration silentAfter;
    private final Deliveries deliveries;
    private final NoticeWords words = new NoticeWords(new SecureRandom());
    private final Map<Integer, Target> targets = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<Books> books = Optional.empty();
    private long watchedSince;

    /** Whom to tell, and what was seen of the workers so far; the watch is the looking thread's. */
    private record Target(AccountId account, String address, Notices notices, WorkerWatch watch) {
        boolean wants(NoticeKind kind) {
            return notices.events().contains(kind);
        }
    }

    NoticeDesk(
            Store store,
            NoticePost post,
            String shownKey,
            Duration silentAfter,
            PoolClock clock,
            Executor threads,
            CollectorRegistry registry) {
        this.store = store;
        this.clock = clock;
        this.shownKey = shownKey;
        this.silentAfter = silentAfter;
        this.deliveries = new Deliveries(post, clock, threads, registry);
    }

    /**
     * Starts the threads; nothing is told before {@link #begin}.
     *
     * @param silentAfter how long without a share a worker is called silent
     */
    public static NoticeDesk start(
            Store store,
            NoticePost post,
            NoticeKey key,
            Duration silentAfter,
            PoolClock clock,
            CollectorRegistry registry) {
        NoticeDesk desk = new NoticeDesk(
                store,
                post,
                key.shown(),
                silentAfter,
                clock,
                task -> Thread.ofVirtual().name("notice").start(task),
                registry);
        desk.repeat("notice-watch", LOOK_EVERY, desk::look);
        desk.repeat("notice-deliveries", DELIVER_EVERY, desk::deliver);
        return desk;
    }

    private void repeat(String name, Duration every, Runnable turn) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    try {
                        turn.run();
                    } catch (RuntimeException e) {
                        LOG.error("{} had a defect and goes on", name, e);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** This process is the accountant; before its first turn. */
    public void begin(Books known) {
        targets.clear();
        books = Optional.of(known);
        known.preferences().accounts().forEach(account -> renew(known, account));
    }

    /** It is not any more; what still waits is forgotten. */
    public void end() {
        books = Optional.empty();
        targets.clear();
        deliveries.clear();
    }

    private void renew(Books known, int account) {
        Notices notices = known.preferences().notices(account);
        if (notices.isOff()) {
            targets.remove(account);
        } else if (targets.containsKey(account) || targets.size() < TARGETS_MAX) {
            Target old = targets.get(account);
            targets.put(
                    account,
                    new Target(
                            known.accounts().id(account),
                            known.accounts().address(account),
                            notices,
                            old == null ? new WorkerWatch(silentAfter) : old.watch()));
        }
    }

    @Override
    public void decided(PreferenceDecided record, Notices before) {
        books.ifPresent(known -> {
            renew(known, record.account());
            Notice notice = words.decided(known.accounts().address(record.account()), record);
            // To where they went before, and to where they go now.
            Notices after = known.preferences().notices(record.account());
            send(notice, Channel.WEBHOOK, both(before.webhook(), after.webhook()));
            send(notice, Channel.NTFY, both(before.ntfy(), after.ntfy()));
        });
    }

    private static Set<String> both(Optional<String> one, Optional<String> other) {
        Set<String> all = new LinkedHashSet<>();
        one.ifPresent(all::add);
        other.ifPresent(all::add);
        return all;
    }

    private void send(Notice notice, Channel channel, Set<String> urls) {
        urls.forEach(url -> deliveries.add(notice, channel, url));
    }

    private void tell(Target target, Notice notice) {
        target.notices().webhook().ifPresent(url -> deliveries.add(notice, Channel.WEBHOOK, url));
        target.notices().ntfy().ifPresent(url -> deliveries.add(notice, Channel.NTFY, url));
    }

    private Optional<Target> target(int account, NoticeKind kind) {
        return Optional.ofNullable(targets.get(account)).filter(each -> each.wants(kind));
    }

    @Override
    public void journaled(JournalRecord record) {
        if (targets.isEmpty()) {
            return;
        }
        if (record instanceof BlockRegistered block && block.standing() == Standing.IMMATURE) {
            blockFound(block);
        } else if (record instanceof PayoutMoved moved
                && (moved.to() == PayoutState.SENT || moved.to() == PayoutState.CONFIRMED)) {
            books.flatMap(known -> known.payouts().find(moved.number()))
                    .ifPresent(payout -> moved(moved, payout.planned().lines()));
        }
    }

    private void blockFound(BlockRegistered block) {
        String hash = block.hash().toDisplayHex();
        List<PlannedCredit> credits = block.plan().map(plan -> plan.credits()).orElse(List.of());
        for (PlannedCredit credit : credits) {
            target(credit.account(), NoticeKind.BLOCK)
                    .ifPresent(target -> tell(
                            target,
                            words.block(target.address(), hash, block.height(), credit.amount(), clock.epochMillis())));
        }
        if (!block.finderPaid().isZero()) {
            target(block.finder(), NoticeKind.BLOCK)
                    .ifPresent(target -> tell(
                            target,
                            words.solo(
                                    target.address(), hash, block.height(), block.finderPaid(), clock.epochMillis())));
        }
    }

    private void moved(PayoutMoved moved, List<PayoutLine> lines) {
        boolean confirmed = moved.to() == PayoutState.CONFIRMED;
        for (PayoutLine line : lines) {
            target(line.account(), NoticeKind.PAYOUT)
                    .ifPresent(target -> tell(
                            target,
                            words.payout(
                                    target.address(), moved.number(), confirmed, line.amount(), clock.epochMillis())));
        }
    }

    /** One look at the workers of all who want to know. One thread. */
    void look() {
        if (books.isEmpty()) {
            watchedSince = 0;
            return;
        }
        try {
            store.readModels().putNoticeKey(shownKey);
            if (store.liveStats().nodes().isEmpty()) {
                // What the pool itself does not hear is no silence of theirs.
                watchedSince = 0;
                return;
            }
            if (watchedSince == 0) {
                watchedSince = clock.epochMillis();
            }
            for (Target target : targets.values()) {
                if (target.wants(NoticeKind.SILENT) || target.wants(NoticeKind.BEST)) {
                    look(target);
                }
            }
        } catch (StoreException e) {
            LOG.debug("workers cannot be looked at: {}", e.getMessage());
            watchedSince = 0;
        }
    }

    private void look(Target target) throws StoreException {
        List<Look> looks = store.liveStats().workers(target.account()).stream()
                .map(NoticeDesk::look)
                .toList();
        long now = clock.epochMillis();
        for (WorkerWatch.Finding finding : target.watch().look(looks, watchedSince, now)) {
            switch (finding) {
                case WorkerWatch.Finding.Silent(String worker, long since) ->
                    tellIf(target, NoticeKind.SILENT, words.silent(target.address(), worker, since, now));
                case WorkerWatch.Finding.Back(String worker) ->
                    tellIf(target, NoticeKind.SILENT, words.back(target.address(), worker, now));
                case WorkerWatch.Finding.Best(BigDecimal difficulty) ->
                    tellIf(target, NoticeKind.BEST, words.best(target.address(), difficulty, now));
            }
        }
    }

    private void tellIf(Target target, NoticeKind kind, Notice notice) {
        if (target.wants(kind)) {
            tell(target, notice);
        }
    }

    private static Look look(WorkerReport report) {
        return new Look(
                report.worker(),
                report.lastShare(),
                Double.isFinite(report.best()) ? BigDecimal.valueOf(report.best()) : BigDecimal.ZERO);
    }

    /** Begins deliveries that are due. */
    void deliver() {
        deliveries.turn();
    }

    @Override
    public void close() {
        closing.countDown();
        end();
    }
}
