package org.motepool.stratum.job;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.block.Job;

/** What devices can take of a job; beyond it they cut in silence and every share is refused. Pure. */
final class JobBudget {
    /** One TCP segment of the smallest readers, kept while the branch is short enough. */
    static final int SEGMENT_BYTES_MAX = 1436;

    static final int SEGMENT_BRANCHES_MAX = 13;
    static final int MICRO_LINE_BYTES_MAX = 2046;
    static final int LINE_BYTES_MAX = 4000;
    static final int MICRO_COINBASE_BYTES_MAX = 255;
    static final int MICRO_COINBASE2_BYTES_MAX = 127;
    static final int MICRO_BRANCHES_MAX = 16;
    static final int COINBASE_HALF_BYTES_MAX = 384;

    private JobBudget() {}

    /** Names of the budgets that a job breaks: a closed set, a metric label. */
    static List<String> broken(Job job, int lineBytes) {
        List<String> broken = new ArrayList<>();
        check(
                broken,
                "micro_segment",
                lineBytes,
                job.branch().size() <= SEGMENT_BRANCHES_MAX ? SEGMENT_BYTES_MAX : lineBytes);
        check(broken, "micro_line", lineBytes, MICRO_LINE_BYTES_MAX);
        check(broken, "line", lineBytes, LINE_BYTES_MAX);
        check(broken, "micro_coinbase", job.coinbaseBytes(), MICRO_COINBASE_BYTES_MAX);
        check(broken, "micro_coinbase2", job.coinbase2().size(), MICRO_COINBASE2_BYTES_MAX);
        check(broken, "micro_branches", job.branch().size(), MICRO_BRANCHES_MAX);
        int half = Math.max(job.coinbase1().size(), job.coinbase2().size());
        check(broken, "coinbase_half", half, COINBASE_HALF_BYTES_MAX);
        return broken;
    }

    private static void check(List<String> broken, String budget, int value, int max) {
        if (value > max) {
            broken.add(budget);
        }
    }
}
