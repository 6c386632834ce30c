package org.motepool.stratum.job;

import io.netty.buffer.ByteBuf;

/** A live job with its notify line in both forms. */
public interface JobLine {
    LiveJob live();

    /** The notify line; the caller owns the slice. */
    ByteBuf line(boolean cleanJobs);
}
