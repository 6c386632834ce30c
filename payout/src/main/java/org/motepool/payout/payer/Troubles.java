package org.motepool.payout.payer;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why payments do not go on; each reason is logged once. Thread-safe. */
public final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Map<Long, String> reasons = new ConcurrentHashMap<>();

    public void tell(long payout, String reason) {
        if (!reason.equals(reasons.put(payout, reason))) {
            LOG.warn("payment {} waits: {}", payout, reason);
        }
    }

    public void clear(long payout) {
        reasons.remove(payout);
    }

    /** Forgets all others. */
    public void keepOnly(Collection<Long> payouts) {
        reasons.keySet().retainAll(payouts);
    }

    public Map<Long, String> all() {
        return Map.copyOf(reasons);
    }
}
