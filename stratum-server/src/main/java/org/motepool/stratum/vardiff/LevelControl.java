package org.motepool.stratum.vardiff;

import java.util.Optional;
import org.motepool.core.work.Level;

/**
 * Decides the level of one connection. Owned by its event loop; times are {@code PoolClock.nanos()}. What it wants takes
 * effect only with the next job, which {@link #sent} reports.
 */
public interface LevelControl {
    /** The connection says what it is. */
    void device(Device device);

    /** A wish of the miner; only the first before its first share counts. */
    void suggested(Level level);

    /**
     * The level that the next job should have.
     *
     * @param cap the network's level: no share needs to be harder than a block
     */
    Level wanted(long now, Level cap);

    /** A job went out with this level: from now on the device works at it. */
    void sent(Level level, long now);

    /** A share of this level was proven. */
    void accepted(Level level, long now);

    /** Reads are to wait: a flood came on too low a level, and the rise is on its way with the next job. */
    default boolean holdsBack() {
        return false;
    }

    /** Where the device's rate lies, once it has shown. */
    default Optional<RateRange> rate() {
        return Optional.empty();
    }

    /** What the next connection of this device may go on from; empty while there is little to tell. */
    default Optional<KnownRate> known() {
        return Optional.empty();
    }

    /** An earlier connection of this device left this: as if its shares had come here. Nothing once a share was proven. */
    default void resume(KnownRate before) {}

    /** Always the same level: test fixtures and the bench network. */
    record Fixed(Level level) implements LevelControl {
        @Override
        public void device(Device device) {}

        @Override
        public void suggested(Level wish) {}

        @Override
        public Level wanted(long now, Level cap) {
            return level;
        }

        @Override
        public void sent(Level level, long now) {}

        @Override
        public void accepted(Level level, long now) {}
    }
}
