package org.motepool.payout.journal;

/** Whom the accountant asked what coins there are; codes stand in the journal. */
public enum HeldSource {
    /** The node's wallet, which knows the pool's payout address. */
    WALLET(1),
    /** The pool's immature coinbases as the active chain has them; what is mature, by the ledger. */
    CHAIN(2);

    private final int code;

    HeldSource(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static HeldSource ofCode(int code) {
        return switch (code) {
            case 1 -> WALLET;
            case 2 -> CHAIN;
            default -> throw new IllegalArgumentException("no source of coins has the code " + code);
        };
    }
}
