package org.motepool.devices.firmware;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.hash.FoundShare;
import org.motepool.devices.hash.MiningJob;

/**
 * One device's program: told of its link, of what comes over it and of its finds, it answers through its {@link Board}.
 * It outlives a lost link, as the real one does. Used by one thread.
 */
public abstract sealed class Firmware
        permits NerdMiner,
                LeafMiner,
                BitsyMiner,
                SparkMiner,
                Bitaxe,
                NerdQaxe,
                NmAxe,
                PiAxe,
                CpuminerFamily,
                Cgminer,
                Bfgminer {
    /** A pause of boards that never dial again. */
    protected static final Duration NEVER = Duration.ofDays(36_500);

    /** More unanswered shares than this are forgotten, oldest first; no board keeps more. */
    private static final int OUTSTANDING_MAX = 256;
    /** No board reads a line of this length; a pool that sends one loses the link. */
    private static final int LINE_CHARACTERS_MAX = 65_536;

    /** A share on its way; {@code again} when the firmware had sent the same one before. */
    private record Sent(int id, boolean again) {}

    protected final Board board;
    protected final String userName;
    protected final String password;

    private final Deque<Sent> outstanding = new ArrayDeque<>();
    private final StringBuilder unfinished = new StringBuilder();
    private int segments;

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

    /** One read of the socket: any part of a line, or several lines. */
    public final void received(String segment) {
        segments++;
        boolean first = true;
        int from = 0;
        for (int end = segment.indexOf('\n'); end >= 0; end = segment.indexOf('\n', from)) {
            boolean split = !unfinished.isEmpty();
            String text = unfinished.append(segment, from, end).toString();
            unfinished.setLength(0);
            from = end + 1;
            board.heard(text);
            line(text, first && !split);
            first = false;
            if (!board.linked()) {
                return;
            }
        }
        unfinished.append(segment, from, segment.length());
        if (unfinished.length() > LINE_CHARACTERS_MAX) {
            unfinished.setLength(0);
            board.drop("a line without end");
        } else if (!unfinished.isEmpty()) {
            watchPause();
        }
    }

    /**
     * A line came.
     *
     * @param wholeAndFirst whether it began its segment and ended in the same one
     */
    protected void line(String line, boolean wholeAndFirst) {
        line(line);
    }

    /** After this long without the rest of a line the board takes what it has for the line; null for most. */
    protected @Nullable Duration pauseInLineMax() {
        return null;
    }

    private void watchPause() {
        Duration limit = pauseInLineMax();
        if (limit == null) {
            return;
        }
        int segment = segments;
        board.after(limit, () -> {
            if (segment == segments && !unfinished.isEmpty()) {
                String cut = unfinished.toString();
                unfinished.setLength(0);
                line(cut);
            }
        });
    }

    /** The link is gone. */
    public void disconnected() {
        board.unanswered(outstanding.size());
        outstanding.clear();
        unfinished.setLength(0);
    }

    /** Sends a share and remembers that a reply with this id is due. */
    protected final void submit(int id, String line) {
        submit(new Sent(id, false), line);
    }

    /** Sends a share that was sent already: a fault of the firmware, so its refusal is none of the pool's. */
    protected final void submitAgain(int id, String line) {
        submit(new Sent(id, true), line);
    }

    private void submit(Sent sent, String line) {
        if (outstanding.size() >= OUTSTANDING_MAX) {
            outstanding.removeFirst();
            board.unanswered(1);
        }
        outstanding.addLast(sent);
        board.submitted();
        board.send(line);
    }

    /** Counts the reply to a share; false when this line is none. */
    protected final boolean settle(PoolLine line) {
        if (!line.method().isEmpty() || !line.hasNumericId()) {
            return false;
        }
        for (Sent sent : outstanding) {
            if (sent.id() == line.id()) {
                outstanding.remove(sent);
                count(sent, line);
                return true;
            }
        }
        return false;
    }

    /** As {@link #settle}, whatever the id: some take any reply for that of their oldest share. */
    protected final boolean settleOldest(PoolLine line) {
        if (outstanding.isEmpty()) {
            return false;
        }
        count(outstanding.removeFirst(), line);
        return true;
    }

    private void count(Sent sent, PoolLine line) {
        if (sent.again() && line.errorCode() == 22) {
            board.settledOwnDuplicate();
        } else {
            board.settled(line.refusal());
        }
    }

    protected final boolean isWaitingForReply() {
        return !outstanding.isEmpty();
    }

    protected static boolean isOf(@Nullable MiningJob job, FoundShare share) {
        return job != null && job.id().equals(share.jobId());
    }

    protected final Duration randomPause(Duration least, Duration most) {
        return Duration.ofMillis(board.random().nextLong(least.toMillis(), most.toMillis() + 1));
    }

    /** Answers a request of the pool; the id as it came. */
    protected final void answer(PoolLine request, String result) {
        board.send("{\"id\": %s, \"result\": \"%s\", \"error\": null}\n"
                .formatted(request.json().path("id"), result));
    }
}
