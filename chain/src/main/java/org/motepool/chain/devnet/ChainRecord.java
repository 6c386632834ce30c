package org.motepool.chain.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;

/**
 * What the chain's file holds, in order. Integers are little-endian.
 *
 * <pre>
 * kind 1 u8, pow-shift u8, seed i64, halving interval i32, start hashes sized big-endian, genesis ntime i32
 * kind 2 u8, header 80 bytes, coinbase without witness sized, count, (index, heights since it was made) each
 * kind 3 u8, tip 32 bytes, ntime i32, start hashes sized big-endian
 * </pre>
 */
sealed interface ChainRecord {
    int BEGINNING = 1;
    int BLOCK = 2;
    int RESUMPTION = 3;

    Bytes toBytes();

    /** The first record: what the chain was made with and is bound to. */
    record Beginning(int powShift, long seed, int halvingInterval, BigInteger startHashes, int ntime)
            implements ChainRecord {
        @Override
        public Bytes toBytes() {
            return new ByteWriter()
                    .u8(BEGINNING)
                    .u8(powShift)
                    .i64(seed)
                    .i32(halvingInterval)
                    .sized(Bytes.copyOf(startHashes.toByteArray()))
                    .i32(ntime)
                    .toBytes();
        }
    }

    /**
     * An accepted block; its transactions can be made again.
     *
     * @param ages heights from a transaction's making to its block, in block order
     * @param indexes of the same transactions
     */
    record Mined(BlockHeader header, Bytes coinbase, List<Integer> ages, List<Integer> indexes) implements ChainRecord {
        public Mined {
            ages = List.copyOf(ages);
            indexes = List.copyOf(indexes);
        }

        static Mined of(DevnetBlock block) {
            List<Integer> ages = new ArrayList<>();
            List<Integer> indexes = new ArrayList<>();
            for (long reference : block.mined()) {
                ages.add(block.height() - SyntheticTransaction.heightOf(reference));
                indexes.add(SyntheticTransaction.indexOf(reference));
            }
            return new Mined(block.header(), block.coinbase(), ages, indexes);
        }

        DevnetBlock on(DevnetBlock parent) {
            long[] references = new long[ages.size()];
            for (int i = 0; i < references.length; i++) {
                references[i] = SyntheticTransaction.reference(parent.height() + 1 - ages.get(i), indexes.get(i));
            }
            return new DevnetBlock(header, parent, coinbase, references);
        }

        @Override
        public Bytes toBytes() {
            ByteWriter out = new ByteWriter()
                    .u8(BLOCK)
                    .bytes(header.toBytes())
                    .sized(coinbase)
                    .compactSize(ages.size());
            for (int i = 0; i < ages.size(); i++) {
                out.compactSize(indexes.get(i)).compactSize(ages.get(i));
            }
            return out.toBytes();
        }
    }

    /** The chain was opened again. */
    record Resumption(Hash256 tip, int ntime, BigInteger startHashes) implements ChainRecord {
        @Override
        public Bytes toBytes() {
            return new ByteWriter()
                    .u8(RESUMPTION)
                    .bytes(tip.internal())
                    .i32(ntime)
                    .sized(Bytes.copyOf(startHashes.toByteArray()))
                    .toBytes();
        }
    }

    static ChainRecord parse(Bytes bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        int kind = in.u8();
        ChainRecord record = switch (kind) {
            case BEGINNING -> new Beginning(in.u8(), in.i64(), in.i32(), hashes(in), in.i32());
            case BLOCK -> mined(in);
            case RESUMPTION -> new Resumption(Hash256.ofInternal(in.bytes(Hash256.BYTES)), in.i32(), hashes(in));
            default -> throw new MalformedBytesException("no devnet record has the kind " + kind);
        };
        in.end();
        return record;
    }

    private static Mined mined(ByteReader in) throws MalformedBytesException {
        BlockHeader header = BlockHeader.parse(in.bytes(BlockHeader.BYTES));
        Bytes coinbase = in.sized();
        int count = in.count(2);
        List<Integer> ages = new ArrayList<>(count);
        List<Integer> indexes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indexes.add(below(in.compactSize(), DevnetSettings.TRANSACTIONS_MAX));
            ages.add(below(in.compactSize(), SyntheticMempool.HEIGHTS_ALIVE));
        }
        return new Mined(header, coinbase, ages, indexes);
    }

    private static int below(long value, int bound) throws MalformedBytesException {
        if (value >= bound) {
            throw new MalformedBytesException(value + " is not below " + bound);
        }
        return (int) value;
    }

    private static BigInteger hashes(ByteReader in) throws MalformedBytesException {
        byte[] bigEndian = in.array(in.compactSize());
        BigInteger hashes = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        if (hashes.signum() <= 0) {
            throw new MalformedBytesException("a start of " + hashes + " hashes");
        }
        return hashes;
    }
}
