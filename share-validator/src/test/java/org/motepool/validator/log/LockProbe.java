package org.motepool.validator.log;

import java.nio.file.Path;

/** A process of its own that tells by its exit code whether another holds a log's lock. */
final class LockProbe {
    static final int HELD = 3;

    private LockProbe() {}

    public static void main(String[] arguments) throws Exception {
        Path lock = Path.of(arguments[0]).resolve(DeadLogs.LOCK_FILE);
        boolean free = LogFiles.DISK.lock(lock).isPresent();
        System.exit(free ? 0 : HELD);
    }
}
