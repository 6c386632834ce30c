package org.motepool.store;

import org.motepool.core.time.FakeClock;

/** The twin that other modules' tests use keeps what the real door promises. */
final class MemorySessionsTest implements SessionsContract {
    private final FakeClock clock = new FakeClock(1_800_000_000L);
    private final MemorySessions sessions = new MemorySessions(clock);

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public FakeClock clock() {
        return clock;
    }
}
