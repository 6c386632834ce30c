package org.motepool.payout;

import java.math.BigInteger;
import java.util.Map;
import org.motepool.core.sharelog.LogShard;

/**
 * How the accountant fares, as of its last turn. Immutable.
 *
 * @param halted empty, or why no credits are made; says how to mend it
 * @param running its thread lives
 * @param storeInStep the store's balances stand where the journal is
 * @param waitingFor empty, or the block whose fate is being asked for; nothing is read meanwhile
 * @param sequence of the journal's last record
 * @param slices sealed ever
 * @param shares journaled ever
 * @param workUnits journaled ever
 * @param haltedLogs logs that stand still, and why
 * @param breach empty, or that more is owed than held: no payout may begin
 */
public record PayoutStatus(
        String halted,
        boolean running,
        boolean storeInStep,
        String waitingFor,
        long sequence,
        long slices,
        long shares,
        BigInteger workUnits,
        Map<LogShard, String> haltedLogs,
        String breach) {
    public PayoutStatus {
        haltedLogs = Map.copyOf(haltedLogs);
    }

    /** Credits are made and shown. */
    public boolean isReady() {
        return running && halted.isEmpty() && storeInStep;
    }

    /** Money may leave: nothing is halted, and what is held covers what is owed. */
    public boolean mayPay() {
        return running && halted.isEmpty() && breach.isEmpty();
    }

    /** Entries are being read: not waiting for store or chain. */
    public boolean isReading() {
        return storeInStep && waitingFor.isEmpty();
    }

    /** No accountant works in this process. */
    static PayoutStatus idle(String reason, boolean running) {
        return new PayoutStatus(reason, running, false, "", 0, 0, 0, BigInteger.ZERO, Map.of(), "");
    }

    /** The same, halted. */
    PayoutStatus halted(String reason) {
        return new PayoutStatus(
                reason, running, storeInStep, waitingFor, sequence, slices, shares, workUnits, haltedLogs, breach);
    }

    PayoutStatus stopped(String reason) {
        return new PayoutStatus(
                reason, false, storeInStep, waitingFor, sequence, slices, shares, workUnits, haltedLogs, breach);
    }
}
