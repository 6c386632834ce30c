package org.motepool.store;

import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;

/**
 * The fast copy of the journal's balances. A step carries the new balances of the accounts it touches and the journal
 * position that they are of; a step is applied whole, once, and only on the position before it. Calls block.
 */
public interface Balances {
    /** Where the copy stands; empty when it holds nothing. */
    Optional<Position> position() throws StoreException;

    /**
     * Applies one step.
     *
     * @return false when the copy does not stand at {@code before}: nothing was written
     */
    boolean apply(Optional<Position> before, Position after, Map<AccountId, Balance> changed) throws StoreException;

    /** Replaces everything: after a loss, from the journal. */
    void rebuild(Position at, Map<AccountId, Balance> all) throws StoreException;

    Optional<Balance> read(AccountId account) throws StoreException;

    /** Sums over all accounts but the pool's own, the pool's own apart. */
    Totals totals() throws StoreException;

    /** The account id under which the pool's fee is kept: all zero bytes, no address hashes to it. */
    AccountId FEE_ACCOUNT = new AccountId(Bytes.copyOf(new byte[AccountId.BYTES]));

    /**
     * @param journal id of the journal, 32 hex digits
     * @param sequence number of its last applied record
     * @param hash chain hash of that record, 64 hex digits
     */
    record Position(String journal, long sequence, String hash) {}

    /**
     * @param immature credited, its coinbase not yet mature
     * @param available may be paid
     * @param paying in a payment under way
     * @param paid ever
     */
    record Balance(Money immature, Money available, Money paying, Money paid) {
        public static final Balance ZERO = new Balance(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

        /** Credited and not yet paid. */
        public Money owed() {
            return immature.plus(available).plus(paying);
        }
    }

    /**
     * @param accounts how many accounts, the pool's own not counted, have a balance
     * @param miners sums over them
     */
    record Totals(long accounts, Balance miners, Balance fee) {}
}
