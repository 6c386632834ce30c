package org.motepool.payout.ledger;

import java.util.List;

/** Transfers that happen together or not at all: what one journal record does to the ledger. Immutable. */
public record Step(List<Transfer> transfers) {
    public Step {
        transfers = List.copyOf(transfers);
    }

    /** The equal and opposite step: afterwards everything is as before. */
    public Step reversed() {
        return new Step(transfers.stream().map(Transfer::reversed).toList());
    }
}
