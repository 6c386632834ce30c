package org.motepool.core.statement;

import java.math.BigInteger;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;

/**
 * One account's part of a plan. With the weight of all accounts before it, its amount can be computed again from the
 * plan's head alone: floor(R * (before + weight) / W) - floor(R * before / W).
 *
 * @param weightBefore sum of the weights of all accounts with a smaller id
 */
public record CreditLeaf(AccountId account, BigInteger weightBefore, BigInteger weight, Money amount) {
    public CreditLeaf {
        if (weightBefore.signum() < 0 || weight.signum() < 0) {
            throw new IllegalArgumentException("a weight is not negative");
        }
    }

    Bytes leaf() {
        ByteWriter out = new ByteWriter(96);
        out.bytes(account.bytes());
        out.sized(Bytes.copyOf(weightBefore.toByteArray())).sized(Bytes.copyOf(weight.toByteArray()));
        return out.i64(amount.satoshis()).i64(amount.fraction()).toBytes();
    }

    /** What it has to be by the one division; throws ArithmeticException when the plan has no weight. */
    public Money computed(PlanHead head) {
        BigInteger reward = head.shared().toFractions();
        BigInteger until = reward.multiply(weightBefore.add(weight)).divide(head.totalWeight());
        return Money.ofFractions(until.subtract(reward.multiply(weightBefore).divide(head.totalWeight())));
    }
}
