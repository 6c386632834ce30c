package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.HealthChecks;

/** One running role, as the management server of its process shows it. Thread-safe. */
interface Role {
    /** Adds what must be well for this role to be ready. */
    HealthChecks checks(HealthChecks before);

    /** Adds what {@code mote status} shows of it. */
    void status(ObjectNode status);

    /** What operators can do to it. */
    default List<AdminAction> actions() {
        return List.of();
    }

    /** None where all is well. */
    static Optional<HealthChecks.Trouble> trouble(boolean good, String what, String mend) {
        return good ? Optional.empty() : Optional.of(new HealthChecks.Trouble(what, mend));
    }
}
