package org.motepool.stratum.stats;

import io.prometheus.client.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of one family and class of devices, so that no share has to look them up by text; one that never counted is not shown.
 * Thread-safe.
 */
public final class FamilyShares {
    private static final String ACCEPTED = "accepted";

    private final Counter shares;
    private final String family;
    private final String deviceClass;
    private final Map<String, Counter.Child> byResult = new ConcurrentHashMap<>();

    FamilyShares(Counter shares, String family, String deviceClass) {
        this.shares = shares;
        this.family = family;
        this.deviceClass = deviceClass;
    }

    public void accepted() {
        count(ACCEPTED);
    }

    public void rejected(RejectReason reason) {
        count(reason.label());
    }

    private void count(String result) {
        Counter.Child known = byResult.get(result);
        if (known == null) {
            known = byResult.computeIfAbsent(result, fresh -> shares.labels(fresh, family, deviceClass));
        }
        known.inc();
    }
}
