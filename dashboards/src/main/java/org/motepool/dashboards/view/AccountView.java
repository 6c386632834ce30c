package org.motepool.dashboards.view;

import java.util.List;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;
import org.motepool.store.Payments;
import org.motepool.store.Preferences;
import org.motepool.store.ReadModels;

/**
 * One account at one moment.
 *
 * @param address canonical
 * @param workers online ones first, then by hash rate
 * @param credits newest first
 * @param blocks that it found, newest first
 * @param waiting changes of preferences that do not hold yet
 * @param payments its parts of them, newest first
 * @param readAt milliseconds since 1970
 */
public record AccountView(
        String address,
        List<Worker> workers,
        Balances.Balance balance,
        List<ReadModels.Credit> credits,
        List<Blocks.BlockView> blocks,
        List<Preferences.Change> waiting,
        List<Payments.Part> payments,
        long readAt) {
    public AccountView {
        waiting = List.copyOf(waiting);
        payments = List.copyOf(payments);
        workers = List.copyOf(workers);
        credits = List.copyOf(credits);
        blocks = List.copyOf(blocks);
    }

    /** Whether anything at all is known of it. */
    public boolean seen() {
        return !workers.isEmpty() || !credits.isEmpty() || !blocks.isEmpty() || !balance.equals(Balances.Balance.ZERO);
    }

    /** Hashes a second of the workers that are online, a statistic. */
    public double hashRate() {
        return online().stream().mapToDouble(Worker::hashRate).sum();
    }

    /** So many equal shares would tell {@link #hashRate} as well. */
    public long windowShares() {
        Band band = new Band();
        online().forEach(worker -> band.add(worker.hashRate(), worker.windowShares()));
        return band.shares();
    }

    public List<Worker> online() {
        return workers.stream().filter(Worker::online).toList();
    }

    public long accepted() {
        return workers.stream().mapToLong(Worker::accepted).sum();
    }

    public long rejected() {
        return workers.stream().mapToLong(Worker::rejectedInAll).sum();
    }

    public double best() {
        return workers.stream().mapToDouble(Worker::best).max().orElse(0);
    }

    /** Of this day, by UTC; 0 without a share. */
    public double bestToday() {
        return workers.stream().mapToDouble(Worker::bestToday).max().orElse(0);
    }

    public long lastShare() {
        return workers.stream().mapToLong(Worker::lastShare).max().orElse(0);
    }

    /** When it was last seen at all, 0 for never. */
    public long lastSeen() {
        return workers.stream().mapToLong(Worker::lastSeen).max().orElse(0);
    }

    /** How it does as a whole: the state of its online worker that needs most care. */
    public WorkerState state() {
        return workers.stream()
                .filter(worker -> worker.online())
                .map(Worker::state)
                .max(WorkerState::compareTo)
                .orElse(WorkerState.OFFLINE);
    }
}
