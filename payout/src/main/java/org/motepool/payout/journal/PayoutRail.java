package org.motepool.payout.journal;

import org.motepool.payout.ledger.LedgerAccount.Pool;

/** By which way a payment goes; codes stand in the journal. */
public enum PayoutRail {
    ONCHAIN(1, Pool.WALLET),
    LIGHTNING(2, Pool.LIGHTNING);

    private final int code;
    private final Pool from;

    PayoutRail(int code, Pool from) {
        this.code = code;
        this.from = from;
    }

    int code() {
        return code;
    }

    /** The asset that it is paid from. */
    public Pool from() {
        return from;
    }

    static PayoutRail ofCode(int code) {
        return switch (code) {
            case 1 -> ONCHAIN;
            case 2 -> LIGHTNING;
            default -> throw new IllegalArgumentException("no payout rail has the code " + code);
        };
    }
}
