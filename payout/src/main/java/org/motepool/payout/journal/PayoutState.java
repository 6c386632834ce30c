package org.motepool.payout.journal;

/**
 * How far one payment is; each step is journaled before the next is done. Codes stand in the journal and never change
 * their meaning. On the chain a payment goes through all of them; over Lightning it goes from PLANNED to STORED (the
 * payment hash) to SENT.
 */
public enum PayoutState {
    /** The accounts' amounts are in state paying. */
    PLANNED(1),
    /** The wallet has chosen inputs. */
    FUNDED(2),
    SIGNED(3),
    /** What will be sent is on disk: transaction, id and inputs, or payment hash. A replacement comes back here. */
    STORED(4),
    /** Given to the network; it may or may not get through. */
    SENT(5),
    /** It left the pool for good. */
    CONFIRMED(6),
    /** It can never get through: the amounts are available again. */
    ABANDONED(7);

    private final int code;

    PayoutState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static PayoutState ofCode(int code) {
        for (PayoutState each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("no payout state has the code " + code);
    }

    public boolean isFinal() {
        return this == CONFIRMED || this == ABANDONED;
    }

    /** Whether a payment may go from here to there: forward, back to STORED as a replacement, or away. */
    public boolean leadsTo(PayoutState next) {
        return switch (this) {
            case PLANNED -> next == FUNDED || next == STORED || next == ABANDONED;
            case FUNDED -> next == SIGNED || next == ABANDONED;
            case SIGNED -> next == STORED || next == ABANDONED;
            case STORED -> next == STORED || next == SENT || next == CONFIRMED || next == ABANDONED;
            case SENT -> next == STORED || next == CONFIRMED || next == ABANDONED;
            case CONFIRMED, ABANDONED -> false;
        };
    }
}
