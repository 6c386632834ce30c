package org.motepool.dashboards.view;

/** How a worker does, in the order in which one of many decides how the account does. */
public enum WorkerState {
    /** Connected, no share yet. */
    STARTING,
    NORMAL,
    /** Its shares are late, which chance alone does now and then. */
    WATCH,
    /** Its shares are so late that chance explains it in less than one case of a hundred. */
    SILENT,
    OFFLINE;

    /** Expected gaps between shares without a share from which on a worker is watched. */
    private static final double WATCH_GAPS = 3;
    /** Expected gaps without a share that chance leaves in less than 1 % of cases: e^-5. */
    private static final double SILENT_GAPS = 5;

    /** A shorter silence says nothing: what a page knows is seconds old, and a fast device has many gaps a second. */
    private static final double WATCH_SECONDS = 60;

    /**
     * Verdict of an online worker that has had a share.
     *
     * @param seconds since the last one
     * @param gaps how many expected gaps between shares that is
     */
    static WorkerState afterSilence(double seconds, double gaps) {
        if (seconds < WATCH_SECONDS || gaps < WATCH_GAPS) {
            return NORMAL;
        }
        return gaps < SILENT_GAPS ? WATCH : SILENT;
    }
}
