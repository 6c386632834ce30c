package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.payout.PayoutOffice;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.PayoutStatus;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.lightning.LightningException;
import org.motepool.payout.notice.NoticeDesk;
import org.motepool.payout.preference.PreferenceTerms;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;

/** The accountant: streams of work, journal, node. */
final class PayoutRole implements Role {
    private final PayoutOffice office;
    private final PaymentsAdmin payments;

    private PayoutRole(Ground ground) throws Failure, JournalException, LightningException {
        ObservedChain chain = ground.chain();
        Optional<NoticeDesk> notices = NoticeOpener.open(ground);
        office = ground.add(
                "payout",
                PayoutOffice.start(
                        settings(ground.config()),
                        chain,
                        PayerOpener.open(ground, new PreferenceTerms(ground.clock())),
                        notices,
                        ground.store(),
                        ground.accountantLease(),
                        ground.clock(),
                        ground.registry()));
        payments = new PaymentsAdmin(office, ground.config().payments().on());
    }

    static PayoutRole start(Ground ground) throws Failure, JournalException, LightningException {
        return new PayoutRole(ground);
    }

    private static PayoutSettings settings(PoolConfig config) {
        PayoutSettings usual = PayoutSettings.of(
                config.data(), config.network(), config.payoutAddress().script());
        return usual.with(
                config.journalMirror(),
                new PayoutSettings.Terms(
                        config.payoutAddress().canonical(), config.feeBasisPoints(), config.potDaily()));
    }

    PayoutOffice office() {
        return office;
    }

    @Override
    public List<AdminAction> actions() {
        return List.of(payments.action());
    }

    @Override
    public HealthChecks checks(HealthChecks before) {
        return before.with("payout", () -> {
                    PayoutStatus state = office.state();
                    return Role.trouble(
                            state.running() && state.halted().isEmpty(),
                            "credits have stopped: " + state.halted(),
                            "Shares are safe in their logs; the log says what to mend, then restart");
                })
                .with("ledger", () -> {
                    String breach = office.state().breach();
                    return Role.trouble(
                            breach.isEmpty(),
                            "more is owed than held: " + breach,
                            "Payouts have stopped; look where coins went, the log says more");
                });
    }

    @Override
    public void status(ObjectNode status) {
        PayoutStatus accountant = office.state();
        status.put("payout_ready", accountant.isReady());
        status.put("payout_trouble", accountant.halted() + accountant.waitingFor());
        status.put("journal_sequence", accountant.sequence());
        status.put("shares_journaled", accountant.shares());
        status.put("owed_satoshis", office.totals().miners().owed().toString());
        payments.describe(status);
    }
}
