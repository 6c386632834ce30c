package org.motepool.store;

import java.util.Optional;

/** What pages show of chain and pool settings; written by a role that has the chain. Calls block. */
public interface ChainStatus {
    void publish(View view) throws StoreException;

    Optional<View> read() throws StoreException;

    /**
     * @param network id of the chain
     * @param height of the newest block
     * @param tip its hash in display order
     * @param nbits network target of the next block, 8 hex digits
     * @param powShift not 0: rates are scaled, and pages say so
     * @param transactions in the present template
     * @param templateAt milliseconds since 1970 of the last template
     * @param nodeUp a node answers
     * @param feeBasisPoints the pool's fee
     * @param minimumPayout in satoshis
     * @param scheme by which listeners reward work
     * @param coinbaseMaturity confirmations until a reward may be paid
     * @param blockSeconds that the chain aims at between two blocks
     * @param reward of the block under way with its fees, in satoshis
     */
    record View(
            String network,
            int height,
            String tip,
            String nbits,
            int powShift,
            int transactions,
            long templateAt,
            boolean nodeUp,
            int feeBasisPoints,
            long minimumPayout,
            String scheme,
            int coinbaseMaturity,
            int blockSeconds,
            long reward) {}
}
