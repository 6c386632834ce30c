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

    /** Closes the link; it is dialled again after the firmware's pause. */
    void drop(String why);

    /** Stops or goes on reading the socket; what came meanwhile is kept. */
    void listen(boolean reading);

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

    /** The link is gone with so many shares unanswered. */
    void unanswered(int shares);
}
