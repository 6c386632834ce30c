package org.motepool.chain.block;

import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;

/** The height that a coinbase's input script begins with (BIP 34), pushed the shortest way as nodes expect it. */
public final class CoinbaseHeight {
    private static final int OP_1 = 0x51;

    private CoinbaseHeight() {}

    /** The push of {@code height}: one opcode up to 16, else length and little-endian bytes with a free sign bit. */
    public static Bytes push(int height) {
        if (height < 0) {
            throw new IllegalArgumentException("a height is not negative: " + height);
        }
        if (height == 0) {
            return Bytes.ofHex("00");
        }
        if (height <= 16) {
            return new ByteWriter(1).u8(OP_1 + height - 1).toBytes();
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(height)) / 8 + 1;
        ByteWriter out = new ByteWriter(bytes + 1).u8(bytes);
        for (int i = 0; i < bytes; i++) {
            out.u8((int) ((long) height >>> (8 * i)) & 0xff);
        }
        return out.toBytes();
    }

    /** Tells whether {@code scriptSig} begins with this height. */
    public static boolean begins(Bytes scriptSig, int height) {
        Bytes push = push(height);
        return scriptSig.size() >= push.size()
                && scriptSig.slice(0, push.size()).equals(push);
    }
}
