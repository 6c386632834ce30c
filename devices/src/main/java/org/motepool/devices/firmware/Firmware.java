package org.motepool.devices.firmware;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.motepool.devices.hash.FoundShare;

/**
 * One device's program: told of its link, its lines and its finds, it answers through its {@link Board}. It outlives a
 * lost link, as the real one does. Used by one thread.
 */
public abstract sealed class Firmware permits NerdMiner, LeafMiner, Bitaxe, Cpuminer {
    /** More unanswered shares than this are forgotten, oldest first; no board keeps more. */
    private static final int OUTSTANDING_MAX = 256;

    protected final Board board;
    protected final String userName;
    protected final String password;

    private final Deque<Integer> outstanding = new ArrayDeque<>();

    protected Firmware(Board board, String userName, String password) {
        this.board = board;
        this.userName = userName;
        this.password = password;
    }

    /** A link is up. */
    public abstract void connected();

    /** A line came, without its newline. */
    public abstract void line(String line);

    /** The chip found a share. */
    public abstract void found(FoundShare share);

    /** How long it waits before it dials again after an established link was lost. */
    public abstract Duration pauseAfterLoss();

    /** How long it waits before it dials again when nobody answers. */
    public abstract Duration pauseAfterRefusal();

    /** The link is gone. */
    public void disconnected() {
        board.unanswered(outstanding.size());
        outstanding.clear();
    }

    /** Sends a share and remembers that a reply with this id is due. */
    protected final void submit(int id, String line) {
        if (outstanding.size() >= OUTSTANDING_MAX) {
            outstanding.removeFirst();
            board.unanswered(1);
        }
        outstanding.addLast(id);
        board.submitted();
        board.send(line);
    }

    /** Counts the reply to a share; false when this line is none. */
    protected final boolean settle(PoolLine line) {
        if (!line.method().isEmpty() || !line.hasNumericId() || !outstanding.removeFirstOccurrence(line.id())) {
            return false;
        }
        board.settled(line.refusal());
        return true;
    }

    protected final Duration randomPause(Duration least, Duration most) {
        return Duration.ofMillis(board.random().nextLong(least.toMillis(), most.toMillis() + 1));
    }
}
