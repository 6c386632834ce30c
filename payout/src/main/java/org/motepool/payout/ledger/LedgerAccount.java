package org.motepool.payout.ledger;

/**
 * One line of the pool's chart of accounts; who is paid is an account, this is where an amount stands. What the pool has
 * and what it spent grow by a debit, what it owes grows by a credit: the first less the second is zero, always.
 */
public sealed interface LedgerAccount {
    /** What the pool has and what it spent grow by a debit; what it owes grows by a credit. */
    boolean growsByDebit();

    /** What the pool can pay with, now or later. */
    boolean isAsset();

    /** Ledger accounts that exist once; the code stands in the journal and never changes its meaning. */
    enum Pool implements LedgerAccount {
        /** Coinbases of blocks that are not mature. */
        IMMATURE_COINBASE(1, Side.ASSET),
        /** Coins of the pool on the chain. */
        WALLET(2, Side.ASSET),
        /** What the pool can send over Lightning. */
        LIGHTNING(3, Side.ASSET),
        /** Fees that the pool paid to the network and charged to no one. */
        NETWORK_FEE(4, Side.EXPENSE),
        /** The pool's own part of blocks that are not mature. */
        FEE_IMMATURE(5, Side.DEBT),
        /** The pool's own part. */
        FEE_AVAILABLE(6, Side.DEBT),
        /** Given to be shared by the day's work. */
        POT(7, Side.DEBT);

        private final int code;
        private final Side side;

        Pool(int code, Side side) {
            this.code = code;
            this.side = side;
        }

        public int code() {
            return code;
        }

        /** Throws IllegalArgumentException for a code that none has. */
        public static Pool ofCode(int code) {
            for (Pool each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            throw new IllegalArgumentException("no ledger account has the code " + code);
        }

        @Override
        public boolean growsByDebit() {
            return side != Side.DEBT;
        }

        @Override
        public boolean isAsset() {
            return side == Side.ASSET;
        }
    }

    /** Which side of the books an account is on. */
    enum Side {
        ASSET,
        EXPENSE,
        DEBT
    }

    /** In which state a debt to a miner is. */
    enum Part {
        IMMATURE,
        AVAILABLE,
        PAYING
    }

    /**
     * What is owed to one account in one state.
     *
     * @param account index of the account in the journal
     */
    record Miner(int account, Part part) implements LedgerAccount {
        @Override
        public boolean growsByDebit() {
            return false;
        }

        @Override
        public boolean isAsset() {
            return false;
        }
    }
}
