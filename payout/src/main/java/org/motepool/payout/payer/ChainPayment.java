package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.List;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet.Coin;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;

/**
 * What the journal keeps of a payment on the chain, so that it can go on from there alone: the detail of its records from
 * FUNDED to SENT. The payees and their amounts are the record's lines less its charges. Immutable.
 *
 * <p>Bytes: format (u8), height (i32), fee rate (i64), change in satoshis (i64), change address (text), count of inputs, for
 * each id (32), index (i32), satoshis (i64); then transaction id (32) and transaction (sized), both empty until signed.
 *
 * @param height of the chain's tip when this was decided: the transaction is in no block long before
 * @param change in satoshis that come back to the wallet, 0 for no such output
 * @param inputs what it spends
 * @param transaction whole with witness; empty until signed
 */
public record ChainPayment(
        int height, FeeRate rate, long change, String changeAddress, List<Coin> inputs, Bytes transaction) {
    private static final int FORMAT = 1;
    private static final int INPUT_BYTES = Hash256.BYTES + 4 + 8;

    public ChainPayment {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty() || change < 0 || height < 0) {
            throw new IllegalArgumentException("a payment spends something");
        }
    }

    ChainPayment signed(Bytes whole) {
        return new ChainPayment(height, rate, change, changeAddress, inputs, whole);
    }

    ChainPayment at(int newHeight) {
        return new ChainPayment(newHeight, rate, change, changeAddress, inputs, transaction);
    }

    public List<OutPoint> places() {
        return inputs.stream().map(Coin::place).toList();
    }

    /** What goes in, in satoshis. */
    long in() {
        return inputs.stream().mapToLong(Coin::satoshis).reduce(0, Math::addExact);
    }

    public boolean isSigned() {
        return transaction.size() > 0;
    }

    /** Its transaction's id; only of one that is signed. */
    public Hash256 id() {
        return parsed().id();
    }

    /** Size by which fees are counted. */
    int vbytes() {
        return Math.ceilDiv(parsed().weight(), 4);
    }

    private RawTransaction parsed() {
        try {
            return RawTransaction.parse(transaction);
        } catch (MalformedBytesException e) {
            throw new IllegalStateException("a payment holds a transaction that is none", e);
        }
    }

    Bytes toBytes() {
        ByteWriter out = new ByteWriter();
        out.u8(FORMAT).i32(height).i64(rate.perKvb()).i64(change).text(changeAddress);
        out.compactSize(inputs.size());
        for (Coin input : inputs) {
            out.bytes(input.place().id().internal()).i32(input.place().index()).i64(input.satoshis());
        }
        out.bytes(isSigned() ? id().internal() : Hash256.ZERO.internal());
        out.sized(transaction);
        return out.toBytes();
    }

    /** Reads what {@link #toBytes} wrote. */
    public static ChainPayment parse(Bytes detail) throws MalformedBytesException {
        ByteReader in = new ByteReader(detail);
        int format = in.u8();
        if (format != FORMAT) {
            throw new MalformedBytesException("a payment of format " + format);
        }
        try {
            int height = in.i32();
            FeeRate rate = new FeeRate(in.i64());
            long change = in.i64();
            String changeAddress = in.text();
            int count = in.count(INPUT_BYTES);
            List<Coin> inputs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                OutPoint place = new OutPoint(Hash256.ofInternal(in.bytes(Hash256.BYTES)), in.i32());
                inputs.add(new Coin(place, in.i64()));
            }
            Hash256 id = Hash256.ofInternal(in.bytes(Hash256.BYTES));
            ChainPayment payment = new ChainPayment(height, rate, change, changeAddress, inputs, in.sized());
            in.end();
            if (payment.isSigned() && !payment.id().equals(id)) {
                throw new MalformedBytesException("a payment whose transaction is not " + id);
            }
            return payment;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new MalformedBytesException("not a payment: " + e.getMessage(), e);
        }
    }
}
