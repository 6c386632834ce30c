package org.motepool.chain.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/**
 * A made-up payment of the devnet's mempool: a pure function of seed, height and index, so that files need not hold it.
 * Immutable.
 *
 * @param reference height and index, see {@link #reference(int, int)}
 * @param fee in satoshis; its inputs are of nowhere, so this is what they are worth beyond the outputs
 */
record SyntheticTransaction(long reference, Hash256 id, Hash256 witnessId, Bytes raw, int weight, long fee) {
    private static final int INPUTS_MAX = 5;
    private static final int OUTPUTS_MAX = 30;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    static long reference(int height, int index) {
        return (long) height << Integer.SIZE | index;
    }

    static int heightOf(long reference) {
        return (int) (reference >>> Integer.SIZE);
    }

    static int indexOf(long reference) {
        return (int) reference;
    }

    /** java.util.Random, because its sequence is part of its specification. */
    static SyntheticTransaction make(long seed, int height, int index) {
        long reference = reference(height, index);
        Random random = new Random((seed * GOLDEN ^ reference) * GOLDEN);
        List<RawTransaction.Input> inputs = new ArrayList<>();
        for (int count = inputCount(random); count > 0; count--) {
            inputs.add(input(random));
        }
        List<RawTransaction.Output> outputs = new ArrayList<>();
        for (int count = outputCount(random); count > 0; count--) {
            outputs.add(new RawTransaction.Output(1000L + random.nextInt(1 << 30), keyHashScript(random)));
        }
        RawTransaction transaction = new RawTransaction(2, inputs, outputs, Math.max(0, height - 1));
        int weight = transaction.weight();
        return new SyntheticTransaction(
                reference,
                transaction.id(),
                transaction.witnessId(),
                transaction.serialized(),
                weight,
                fee(random, (weight + 3) / 4));
    }

    /** Mostly one, as on main. */
    private static int inputCount(Random random) {
        return random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(INPUTS_MAX - 1);
    }

    /** Mostly payee and change; sometimes a batch. */
    private static int outputCount(Random random) {
        int kind = random.nextInt(20);
        if (kind < 3) {
            return 1;
        }
        return kind < 19 ? 2 : 3 + random.nextInt(OUTPUTS_MAX - 2);
    }

    private static RawTransaction.Input input(Random random) {
        byte[] signature = bytes(random, 71 + random.nextInt(2));
        signature[0] = 0x30;
        byte[] key = bytes(random, 33);
        key[0] = (byte) (2 + random.nextInt(2));
        return new RawTransaction.Input(
                Hash256.ofInternal(bytes(random, Hash256.BYTES)),
                random.nextInt(4),
                Bytes.EMPTY,
                -3,
                List.of(Bytes.copyOf(signature), Bytes.copyOf(key)));
    }

    private static Bytes keyHashScript(Random random) {
        return new ByteWriter(22).u8(0).u8(20).bytes(bytes(random, 20)).toBytes();
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** 1 to about 40 sat a byte, most of them cheap, in odd amounts. */
    private static long fee(Random random, int virtualBytes) {
        long root = random.nextInt(200);
        return virtualBytes * (1000 + root * root) / 1000 + random.nextInt(7);
    }
}
