package org.motepool.stratum.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.motepool.core.address.AddressException;
import org.motepool.stratum.guard.GuardMetrics;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.share.PoolUser;
import org.motepool.stratum.stats.WorkerStats;
import org.motepool.stratum.v1.ErrorCode;

/** Whom one connection may mine for, by the names that it authorized. Owned by the event loop. */
final class SessionMiners {
    private final NodeContext node;
    private final SoloSeat seat;
    private final WorkerStats.SessionView view;
    private final Map<String, Miner> byName = new HashMap<>();

    /** @param stats of its worker on this node */
    record Miner(PoolUser user, WorkerStats stats) {}

    /** @param view what statistics may ask of the connection */
    SessionMiners(NodeContext node, SoloSeat seat, WorkerStats.SessionView view) {
        this.node = node;
        this.seat = seat;
        this.view = view;
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    @Nullable
    Miner find(String name) {
        return byName.get(name);
    }

    /** Of any order; there is one. */
    PoolUser first() {
        return byName.values().iterator().next().user();
    }

    /**
     * Adds a name; one that is there already stays as it is.
     *
     * @param name as typed
     * @throws AddressException when this connection may not mine for it, saying why
     */
    void authorize(String name) throws AddressException {
        if (byName.containsKey(name)) {
            return;
        }
        if (name.length() > StratumLimits.USER_CHARACTERS_MAX) {
            throw new AddressException("the user name is longer than 160 characters");
        }
        if (byName.size() >= StratumLimits.USERS_PER_SESSION_MAX) {
            throw new AddressException("this connection has authorized enough names already");
        }
        PoolUser user = PoolUser.parse(name, node.network());
        if (node.guards().bans().bans(user.account())) {
            throw new AddressException(ErrorCode.BANNED);
        }
        seat.take(user);
        WorkerStats stats = node.stats().opened(user.address(), user.worker(), view);
        byName.put(name, new Miner(user, stats));
        if (!stats.worker().equals(user.worker().value())) {
            node.guards().count(GuardMetrics.Action.FOLD, Fold.WORKER_NAMES);
        }
    }

    /** Takes back what a new ban forbids; returns whether that was anything. */
    boolean dropBanned() {
        return byName.values().removeIf(miner -> {
            boolean banned = node.guards().bans().bans(miner.user().account());
            if (banned) {
                node.stats().closed(miner.stats(), view);
            }
            return banned;
        });
    }

    /** What statistics show of the connection has changed. */
    void touch() {
        byName.values().forEach(miner -> miner.stats().touch());
    }

    /** The connection is gone. */
    void closed() {
        seat.leave();
        byName.values().forEach(miner -> node.stats().closed(miner.stats(), view));
    }

    private enum Fold {
        WORKER_NAMES
    }
}
