package org.motepool.payout.scheme;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motepool.core.money.Money;

/** A reward shared by weights, in one order. */
final class Credits {
    private Credits() {}

    static Map<Integer, Money> of(Money reward, Weights weights, Comparator<Integer> order) {
        List<Integer> accounts =
                weights.byAccount().keySet().stream().sorted(order).toList();
        List<BigInteger> parts = Split.split(
                reward.toFractions(),
                accounts.stream().map(weights.byAccount()::get).toList());
        Map<Integer, Money> credits = new LinkedHashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            credits.put(accounts.get(i), Money.ofFractions(parts.get(i)));
        }
        return credits;
    }
}
