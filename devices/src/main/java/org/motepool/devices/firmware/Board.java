package org.motepool.devices.firmware;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.motepool.core.work.PowShift;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.ShareFilter;

/** What a firmware can do: its link, its chip, its timers. All on the one thread of the connection. */
public interface Board {
    /** Writes text in one piece; lines carry their own newline. */
    void send(String text);

    /** Closes the link since the board can or will not go on; it is dialled again after the firmware's pause. */
    void drop(String why);

    /** Closes the link since the pool asked for it; from now on this host and port are dialled. */
    void redial(String host, int port);

    /** As {@link #redial(String, int)}, to where the link went before. */
    void redial();

    /** Whether the link is up and the board has not closed it. */
    boolean linked();

    /** Stops or goes on reading the socket; what came meanwhile is kept. */
    void listen(boolean reading);

    /** A line came, whatever the board makes of it; for the accounts only. */
    void heard(String line);

    /** Runs later, unless the link was lost before. */
    void after(Duration delay, Runnable action);

    /** Monotonic nanoseconds. */
    long nanos();

    void search(Search next);

    void idle();

    void filter(ShareFilter next);

    PowShift powShift();

    double nominalHashesPerSecond();

    /** Seeded for this twin. */
    RandomGenerator random();

    /** A share was sent and waits for its reply. */
    void submitted();

    /** A reply to a share came; {@code reason} is empty when it was accepted, else code and text. */
    void settled(String reason);

    /** As {@link #settled}, of a share that the firmware itself sent twice and the pool refused as such. */
    void settledOwnDuplicate();

    /** The link is gone with so many shares unanswered. */
    void unanswered(int shares);
}
