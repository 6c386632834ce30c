package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.AdminAction.Refusal;
import org.motepool.payout.PayoutOffice;
import org.motepool.payout.payer.PayerLoop;
import org.motepool.payout.payer.PaymentRun.Outcome;

/** What an operator asks of the payers of a running pool. Thread-safe. */
final class PaymentsAdmin {
    /** Less than a client waits for its answer. */
    private static final Duration RUN_BOUND = Duration.ofSeconds(4);

    private final PayoutOffice payout;
    private final boolean enabled;

    /** @param enabled whether the settings have payments */
    PaymentsAdmin(PayoutOffice payout, boolean enabled) {
        this.payout = payout;
        this.enabled = enabled;
    }

    AdminAction action() {
        return AdminAction.changing("payout-run", parameters -> run());
    }

    private JsonNode run() throws Refusal {
        PayerLoop payers = payout.payers()
                .orElseThrow(() -> new Refusal(
                        enabled
                                ? "this process does not pay at the moment ("
                                        + payout.state().halted()
                                        + payout.state().waitingFor()
                                        + "); ask again, or ask the one that keeps the books"
                                : "this pool pays nobody: set payout.enabled = true, then restart it"));
        Optional<Outcome> outcome = payers.runNow(RUN_BOUND);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("done", outcome.isPresent());
        outcome.ifPresent(run -> {
            run.payments().forEach(out.putArray("payments")::add);
            out.put("accounts", run.accounts());
            out.put("satoshis", Long.toString(run.sum().satoshis()));
            out.put("note", run.note());
        });
        return out;
    }

    /** Adds to what {@code mote status} shows. */
    void describe(ObjectNode status) {
        status.put("payments", enabled ? "on" : "off");
        payout.payers()
                .ifPresent(payers -> payers.troubles()
                        .forEach((number, reason) -> status.withArray("payments_waiting")
                                .add((number == 0 ? "run: " : "payment " + number + ": ") + reason)));
    }
}
