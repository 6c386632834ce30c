package org.motepool.stratum.session;

import java.util.OptionalLong;
import org.motepool.stratum.guard.StratumLimits;

/**
 * A planned stop of one connection: it is asked to come back, by which it may find another process, and soon after it is
 * closed. Owned by the event loop.
 */
final class SessionDeparture {
    private OptionalLong at = OptionalLong.empty();
    private boolean asked;

    /** What is to be done now. */
    enum Step {
        /** Nothing is planned, or not yet. */
        STAY,
        /** Once: ask it to connect again. */
        ASK,
        /** It has been asked, and has a moment to follow. */
        LINGER,
        /** Read no more; close when all is answered. */
        FINISH,
        /** Close, whatever waits. */
        LEAVE
    }

    /** At that time it is asked. */
    void at(long nanos) {
        at = OptionalLong.of(nanos);
    }

    Step step(long now) {
        if (at.isEmpty() || now < at.getAsLong()) {
            return Step.STAY;
        }
        if (!asked) {
            asked = true;
            return Step.ASK;
        }
        long late = now - at.getAsLong();
        long patience = StratumLimits.RECONNECT_TIME.toNanos();
        if (late < patience) {
            return Step.LINGER;
        }
        return late < 2 * patience ? Step.FINISH : Step.LEAVE;
    }
}
