package org.motepool.stratum.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motepool.stratum.guard.ConnectionScore;
import org.motepool.stratum.guard.GuardMetrics.Action;
import org.motepool.stratum.guard.Guards;
import org.motepool.stratum.guard.Offence;
import org.motepool.stratum.guard.PeerAddress;
import org.motepool.stratum.guard.StratumLimits;

/**
 * Watches over one connection: what trouble it makes, whether it is banned, whether it is refused and held. It decides;
 * the session acts. Owned by the event loop.
 */
final class SessionGuard {
    private final NodeContext node;
    private final Channel channel;
    private final ConnectionScore score = new ConnectionScore();
    private final long openedAt;
    private boolean arriving = true;
    private boolean barred;
    private int bansSeen = -1;
    private @Nullable InetAddress peerSeen;
    private boolean refused;
    private boolean held;
    private boolean room;
    private long heldSince;
    private long refusedSince;
    private long linesSeen;
    private long lineSince;

    SessionGuard(NodeContext node, Channel channel) {
        this.node = node;
        this.channel = channel;
        this.openedAt = node.clock().nanos();
        this.lineSince = openedAt;
        node.gate().arriving();
    }

    /** The connection has logged in. */
    void arrived() {
        if (arriving) {
            arriving = false;
            node.gate().arrived();
        }
    }

    void note(Offence offence) {
        if (refused) {
            return;
        }
        switch (score.note(offence, node.clock().nanos())) {
            case NOTHING -> {}
            case WARN -> guards().tell(Action.WARN, offence, this::toString);
            case SLOW -> guards().tell(Action.SLOW, offence, this::toString);
            case REFUSE -> {
                guards().tell(Action.REFUSE, offence, this::toString);
                refused = true;
                hold();
            }
        }
    }

    /** Whether its network is banned: then it gets one answer and no more. */
    boolean isBarred() {
        int version = guards().bans().version();
        InetAddress peer = peer();
        // A proxy names the peer only after the connection has opened.
        if (version != bansSeen || !Objects.equals(peer, peerSeen)) {
            bansSeen = version;
            peerSeen = peer;
            barred = guards().bans().bans(peer);
        }
        return barred;
    }

    /** Refuses it from now on: what it asks next gets an answer, then it is held. */
    void refuse(Guards.Refusal why) {
        if (!refused) {
            refused = true;
            refusedSince = node.clock().nanos();
            guards().tell(Action.REFUSE, why, this::toString);
        }
    }

    boolean isRefused() {
        return refused;
    }

    /** It has had its answer. */
    void hold() {
        if (!held) {
            held = true;
            heldSince = node.clock().nanos();
            room = guards().hold();
            if (!room) {
                guards().count(Action.DROP, Drop.REFUSED_HELD);
            }
        }
    }

    /** Whether it is read: not while it is slowed, and not once it is held. */
    boolean mayRead() {
        return !held && !score.isSlowed(node.clock().nanos());
    }

    /** Whether it has been held for long enough, or there is no room to hold it; or it is refused and asks nothing. */
    boolean isDone() {
        long since = held ? heldSince : refusedSince;
        return held && !room || refused && node.clock().nanos() - since >= StratumLimits.REFUSED_HOLD.toNanos();
    }

    /**
     * Looks at the clock; about once a second.
     *
     * @param lines read so far
     * @param begun a line has begun and waits for its end
     * @return false when that has taken too long
     */
    boolean tick(long lines, boolean begun) {
        long now = node.clock().nanos();
        if (now - openedAt >= StratumLimits.ARRIVAL_MAX.toNanos()) {
            arrived();
        }
        // While it is not read, a line cannot end.
        if (!begun || lines != linesSeen || !channel.config().isAutoRead()) {
            linesSeen = lines;
            lineSince = now;
            return true;
        }
        if (now - lineSince < StratumLimits.LINE_TIME_MAX.toNanos()) {
            return true;
        }
        guards().tell(Action.CLOSE, Close.LINE_TOO_SLOW, this::toString);
        return false;
    }

    void closed() {
        arrived();
        if (room) {
            room = false;
            guards().release();
        }
    }

    private Guards guards() {
        return node.guards();
    }

    private @Nullable InetAddress peer() {
        return PeerAddress.orNull(channel);
    }

    /** For operators, who ban by network. */
    @Override
    public String toString() {
        InetAddress peer = peer();
        return "connection from " + (peer == null ? "a proxy's peer" : peer.getHostAddress());
    }

    private enum Drop {
        REFUSED_HELD
    }

    private enum Close {
        LINE_TOO_SLOW
    }
}
