package org.motepool.pool.command;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.motepool.pool.Failure;

/** How many sockets the system lets this process have. */
final class OpenFiles {
    /** Of the process itself: classes, logs, event loops. */
    private static final long OTHERS = 64;

    private OpenFiles() {}

    static void requireFor(int sockets) throws Failure {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            require(sockets, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
        }
    }

    static void require(int sockets, long limit, long open) throws Failure {
        long needed = open + sockets + OTHERS;
        if (limit >= 0 && needed > limit) {
            throw new Failure(
                    Failure.WRONG_USAGE,
                    "%d sockets need %d open files and the limit is %d; take fewer, or raise it with: ulimit -n %d"
                            .formatted(sockets, needed, limit, needed));
        }
    }
}
