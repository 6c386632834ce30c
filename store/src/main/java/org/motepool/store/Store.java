package org.motepool.store;

/** The doors to the shared store of one pool. Thread-safe; each door is too. */
public interface Store extends AutoCloseable {
    WorkStream workStream();

    JournalMarks journalMarks();

    Balances balances();

    Blocks blocks();

    LiveStats liveStats();

    History history();

    ChainStatus chainStatus();

    ReadModels readModels();

    Statements statements();

    Payments payments();

    Bans bans();

    Sessions sessions();

    Requests requests();

    Preferences preferences();

    /** True while the store answers; readiness of pages and payout depends on it, mining does not. */
    boolean connected();

    /**
     * How often the connection broke since the start. What was written before may be lost with the server: who must be sure
     * writes again when this has moved.
     */
    default long interruptions() {
        return 0;
    }

    @Override
    void close();
}
