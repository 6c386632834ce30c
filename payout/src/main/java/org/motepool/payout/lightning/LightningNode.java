package org.motepool.payout.lightning;

import java.util.Optional;
import org.motepool.core.bytes.Bytes;

/** A Lightning node that pays invoices. Thread-safe; calls block. */
public interface LightningNode {
    /**
     * Takes an invoice apart.
     *
     * @throws LightningException also when it is none, or its signature is wrong
     */
    Decoded decode(String bolt11) throws LightningException;

    /** What the node knows of a payment. */
    Known find(Bytes paymentHash) throws LightningException;

    /**
     * Pays an invoice, or goes on with it; a node pays one payment hash at most once.
     *
     * @param feeMillisatoshisMax what the way may cost at most
     * @return empty when it is on its way or done: {@link #find} tells; else why the node does not pay it now
     * @throws LightningException when it is not known whether the node has heard of it
     */
    Optional<String> pay(String bolt11, long feeMillisatoshisMax) throws LightningException;

    /**
     * @param currency prefix of the network, {@code bc} on Bitcoin's main chain
     * @param millisatoshis 0 where it names no amount
     * @param createdAt seconds since 1970
     * @param descriptionHash empty where it has a description in words
     */
    record Decoded(
            String currency,
            long millisatoshis,
            long createdAt,
            long expirySeconds,
            Bytes paymentHash,
            Optional<Bytes> descriptionHash) {}

    /** How a payment stands at the node. */
    enum Status {
        /** The node has no record of it. */
        NONE,
        PENDING,
        FAILED,
        COMPLETE
    }

    /** @param sentMillisatoshis what left the node, fees of the way included; counts when complete */
    record Known(Status status, long sentMillisatoshis) {}
}
