package org.motepool.chain.wallet;

import java.util.List;
import java.util.Optional;
import org.motepool.chain.ChainException;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;

/**
 * A wallet that pays, and its node's view of transactions. It decides nothing: whoever calls says which coins are spent and
 * to whom. Thread-safe; every call blocks and throws {@link ChainException} when there is no answer, or one that makes no
 * sense, or a refusal that the call does not tell of otherwise.
 */
public interface Wallet extends AutoCloseable {
    /** For logs, without password. */
    String name();

    /** All its coins, immature and unconfirmed ones included; empty when the address is not its own. */
    Optional<Money> coins(String address) throws ChainException;

    /** It counts with this transaction: what that spends is no coin of its any more. */
    boolean countsWith(Hash256 transaction) throws ChainException;

    /** Coins of its own keys, so often confirmed and not locked. */
    List<Coin> spendable(int confirmations) throws ChainException;

    /** Keeps coins from being spent by anyone else who uses this wallet, until the node restarts; or lets go of them. */
    void lock(List<OutPoint> coins, boolean hold) throws ChainException;

    /** A fresh address of its own. */
    String changeAddress() throws ChainException;

    /**
     * Works out a transaction that spends these coins and no other, its fee taken from what the payees get. Nothing
     * is locked or signed.
     *
     * @param payees at most {@value #PAYEES_MAX}, each address once
     */
    Funded fund(List<OutPoint> inputs, List<Payee> payees, String changeAddress, FeeRate rate) throws ChainException;

    /**
     * Makes the transaction of these inputs and outputs, in this order, and signs it. The same call gives a transaction
     * that spends the same.
     *
     * @return it, whole; not sent
     */
    Bytes sign(List<OutPoint> inputs, List<Payee> outputs) throws ChainException;

    /** Whether the node would take a transaction now; empty, or its reason in its own words. */
    Optional<String> refusal(Bytes transaction) throws ChainException;

    /** Gives a transaction to the network; again and again is as good as once. */
    Sent send(Bytes transaction) throws ChainException;

    boolean inMempool(Hash256 transaction) throws ChainException;

    /** Nothing on the active chain spends this output; with {@code mempool}, nothing in the mempool either. */
    boolean isUnspent(OutPoint output, boolean mempool) throws ChainException;

    /** What a transaction has to pay to be in the node's mempool. */
    FeeRate lowestRate() throws ChainException;

    /** What the node thinks gets a transaction into one of so many blocks; empty when it does not know. */
    Optional<FeeRate> estimate(int blocks) throws ChainException;

    /** Ids of a block's transactions. */
    List<Hash256> transactions(Hash256 block) throws ChainException;

    @Override
    void close();

    int PAYEES_MAX = 1_000;

    /** A coin of the wallet. */
    record Coin(OutPoint place, long satoshis) {}

    /** An output: an address and what it gets. */
    record Payee(String address, long satoshis) {
        public Payee {
            if (satoshis < 0) {
                throw new IllegalArgumentException("nobody gets " + satoshis + " satoshis");
            }
        }
    }

    /**
     * @param payees what each gets, in the order of the call
     * @param change that comes back, 0 where it would be too small to keep
     */
    record Funded(List<Long> payees, long change) {
        public Funded {
            payees = List.copyOf(payees);
        }
    }

    /**
     * What became of sending.
     *
     * @param taken the node has it, in its mempool or in a block
     * @param reason the node's, when it was not taken
     */
    record Sent(boolean taken, String reason) {}
}
