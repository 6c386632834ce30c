package org.motepool.store.redis;

import org.motepool.core.money.Money;
import org.motepool.store.Balances.Balance;
import org.motepool.store.StoreException;

/** A balance as four amounts with a space between. */
final class BalanceText {
    private BalanceText() {}

    static String write(Balance balance) {
        return balance.immature() + " " + balance.available() + " " + balance.paying() + " " + balance.paid();
    }

    static Balance read(String key, byte[] text) throws StoreException {
        String[] amounts = Script.text(text).split(" ", -1);
        try {
            if (amounts.length == 4) {
                return new Balance(
                        Money.parse(amounts[0]),
                        Money.parse(amounts[1]),
                        Money.parse(amounts[2]),
                        Money.parse(amounts[3]));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new StoreException("the store's key " + key + " holds a malformed balance: rebuild it", e);
        }
        throw new StoreException("the store's key " + key + " holds a malformed balance: rebuild it");
    }
}
