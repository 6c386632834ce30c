package org.motepool.payout;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.sharelog.LogShard;
import org.motepool.payout.payer.PayerLoop;

/** An accountant at work, as the office sees it. Thread-safe. */
interface Accounting extends AutoCloseable {
    PayoutStatus state();

    PayoutTotals totals();

    Optional<PayerLoop> payers();

    /** Empty, or why it does not work any more though nobody closed it: only a new start may help. */
    Optional<String> stopped();

    /** See {@link PayoutService#settle}. */
    boolean settle(Map<LogShard, Long> ends, Duration bound);

    @Override
    void close();
}
