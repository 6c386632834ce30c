package org.motepool.devices.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives time to many rigs, one after the other; run it often, always on the same thread at a time. */
public final class HashLoop implements Runnable {
    /** A machine that was away longer than this does not make up for it: devices do not hash in bursts. */
    private static final double CATCH_UP_SECONDS_MAX = 1.0;

    private static final Logger LOG = LoggerFactory.getLogger(HashLoop.class);

    private final List<Rig> rigs;
    private final PoolClock clock;
    private final MessageDigest digest = Sha256.newDigest();
    private long lastNanos;

    public HashLoop(List<Rig> rigs, PoolClock clock) {
        this.rigs = List.copyOf(rigs);
        this.clock = clock;
        this.lastNanos = clock.nanos();
    }

    @Override
    public void run() {
        long now = clock.nanos();
        double seconds = Math.min((now - lastNanos) / 1e9, CATCH_UP_SECONDS_MAX);
        lastNanos = now;
        for (Rig rig : rigs) {
            try {
                rig.spend(seconds, digest);
            } catch (DigestException | RuntimeException e) {
                // One twin's bad job must not stop the others; its board would have crashed.
                rig.idle();
                LOG.warn("A twin stopped hashing until its next job", e);
            }
        }
    }
}
