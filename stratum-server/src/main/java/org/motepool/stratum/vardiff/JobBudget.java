package org.motepool.stratum.vardiff;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.block.Job;

/** What firmware can take of a job, in bytes; beyond it boards cut in silence and every share is refused. */
public enum JobBudget {
    //    line, in one segment up to so many branches, branches, coinbase, its halves
    /** Microcontrollers; and what does not say what it is may be one. */
    SMALL(2046, 1436, 13, 16, 255, 255, 127),
    /** Boards and programs with memory. */
    LARGE(4000, 4000, 0, 32, 776, 384, 384);

    private final int lineBytes;
    private final int segmentBytes;
    private final int segmentBranches;
    private final int branches;
    private final int coinbaseBytes;
    private final int coinbase1Bytes;
    private final int coinbase2Bytes;

    JobBudget(
            int lineBytes,
            int segmentBytes,
            int segmentBranches,
            int branches,
            int coinbaseBytes,
            int coinbase1Bytes,
            int coinbase2Bytes) {
        this.lineBytes = lineBytes;
        this.segmentBytes = segmentBytes;
        this.segmentBranches = segmentBranches;
        this.branches = branches;
        this.coinbaseBytes = coinbaseBytes;
        this.coinbase1Bytes = coinbase1Bytes;
        this.coinbase2Bytes = coinbase2Bytes;
    }

    /**
     * Names of what a job breaks: a closed set, a metric label.
     *
     * @param notifyBytes of its notify line
     */
    public List<String> broken(Job job, int notifyBytes) {
        List<String> broken = new ArrayList<>();
        int branch = job.branch().size();
        check(broken, "segment", notifyBytes, branch <= segmentBranches ? segmentBytes : lineBytes);
        check(broken, "line", notifyBytes, lineBytes);
        check(broken, "branches", branch, branches);
        check(broken, "coinbase", job.coinbaseBytes(), coinbaseBytes);
        check(broken, "coinbase1", job.coinbase1().size(), coinbase1Bytes);
        check(broken, "coinbase2", job.coinbase2().size(), coinbase2Bytes);
        return broken;
    }

    private static void check(List<String> broken, String name, int value, int max) {
        if (value > max) {
            broken.add(name);
        }
    }
}
