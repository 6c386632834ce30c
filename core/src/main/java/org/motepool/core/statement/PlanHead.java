package org.motepool.core.statement;

import java.math.BigInteger;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;

/**
 * What all credits of one plan share; the first leaf of its tree, so that no credit can be proven under another sum.
 *
 * @param subject what is shared: the hash of a block in internal order, or the text {@code pot } and the UTC day's number
 * @param gross what there was
 * @param fee what the pool took of it
 * @param firstSlice oldest slice that counted, 0 for none
 * @param lastSlice newest slice that counted, 0 for none
 * @param totalWeight sum of the credits' weights
 * @param credits how many there are
 */
public record PlanHead(
        Bytes subject, Money gross, Money fee, long firstSlice, long lastSlice, BigInteger totalWeight, int credits) {
    private static final int SUBJECT_BYTES_MAX = 64;

    public PlanHead {
        if (subject.size() == 0 || subject.size() > SUBJECT_BYTES_MAX) {
            throw new IllegalArgumentException("a plan's subject has 1 to 64 bytes, not " + subject.size());
        }
        if (totalWeight.signum() < 0 || credits < 0 || fee.compareTo(gross) > 0) {
            throw new IllegalArgumentException("not a plan: " + credits + " credits of " + gross + " less " + fee);
        }
    }

    /** Subject of the sponsored pot of one day; {@code day} counts from 1970. */
    public static Bytes potSubject(long day) {
        return new ByteWriter().text("pot " + day).toBytes();
    }

    /** What the credits add up to. */
    public Money shared() {
        return gross.minus(fee);
    }

    Bytes leaf() {
        ByteWriter out = new ByteWriter(128);
        out.text("mote plan 1").sized(subject);
        out.i64(gross.satoshis()).i64(gross.fraction());
        out.i64(fee.satoshis()).i64(fee.fraction());
        out.i64(firstSlice).i64(lastSlice);
        return out.sized(Bytes.copyOf(totalWeight.toByteArray())).i32(credits).toBytes();
    }
}
