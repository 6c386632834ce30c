package org.motepool.payout.ledger;

/** One line of the pool's chart of accounts; who is paid is an account, this is where an amount stands. */
public sealed interface LedgerAccount {
    /** What the pool has grows by a debit; what it owes grows by a credit. */
    boolean isAsset();

    /** Ledger accounts that exist once. */
    enum Pool implements LedgerAccount {
        IMMATURE_COINBASE(true),
        WALLET(true),
        FEE_IMMATURE(false),
        FEE_AVAILABLE(false);

        private final boolean asset;

        Pool(boolean asset) {
            this.asset = asset;
        }

        @Override
        public boolean isAsset() {
            return asset;
        }
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
        public boolean isAsset() {
            return false;
        }
    }
}
