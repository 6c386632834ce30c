package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What metrics tell of a device that does not take its data. */
class WriteQueueTest {
    private static final int BYTES = 100_000;

    private static void expect(EmbeddedDesk desk, int slowReaders, int bytes) {
        assertThat(desk.metric("mote_stratum_slow_readers")).isEqualTo(slowReaders);
        // Netty counts some of its own bookkeeping to each write.
        assertThat(desk.metric("mote_stratum_write_queue_bytes")).isBetween((double) bytes, bytes * 1.01);
    }

    private static void writeUnread(EmbeddedDesk desk) {
        desk.channel.unsafe().write(desk.memory.buffer(BYTES).writeZero(BYTES), desk.channel.newPromise());
    }

    @Test
    void countsASlowReaderUntilItHasTakenItsData() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2");
            desk.loop.tick();
            expect(desk, 0, 0);
            writeUnread(desk);
            desk.loop.tick();
            desk.loop.tick();
            expect(desk, 1, BYTES);
            desk.channel.flush();
            desk.lines();
            desk.loop.tick();
            expect(desk, 0, 0);
        }
    }

    @Test
    void countsNothingOfConnectionsThatAreGone() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("NerdMinerV2");
            writeUnread(desk);
            desk.loop.tick();
            expect(desk, 1, BYTES);
            var _ = desk.channel.close();
            desk.channel.runPendingTasks();
            desk.loop.tick();
            expect(desk, 0, 0);
        }
    }
}
