package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.dashboards.management.HealthChecks.Trouble;

/** Asks a node when somebody wants to know: for a process that watches none, since it needs no templates. */
final class NodeCheck implements Role {
    private final Chain chain;

    NodeCheck(Chain chain) {
        this.chain = chain;
    }

    private Optional<Trouble> trouble() {
        try {
            var _ = chain.tip();
            return Optional.empty();
        } catch (ChainException e) {
            return Optional.of(new Trouble("no node answers: " + e.getMessage(), "Start one, or mend node.urls"));
        }
    }

    @Override
    public HealthChecks checks(HealthChecks before) {
        return before.with("chain", this::trouble);
    }

    @Override
    public void status(ObjectNode status) {
        status.put("node_trouble", trouble().map(Trouble::what).orElse(""));
    }
}
