package org.motepool.chain.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Nbits;

/** Made-up templates for tests. */
public final class Templates {
    public static final Bytes COMMITMENT = Bytes.ofHex("6a24aa21a9ed" + "5c".repeat(32));

    private Templates() {}

    /** A template that builds on {@code tip}. */
    public static BlockTemplate on(Hash256 tip, int height, Optional<Bytes> commitment, int transactions) {
        RandomGenerator random = new java.util.SplittableRandom(height);
        List<BlockTemplate.Transaction> list = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            list.add(transaction(random));
        }
        return BlockTemplate.of(
                height,
                tip,
                0x3fffe004,
                Nbits.ofHex("207fffff"),
                1_700_000_000,
                1_700_000_600,
                5_000_000_321L,
                commitment,
                list);
    }

    /** A hash like no other. */
    public static Hash256 hash(int number) {
        return Sha256.twice(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)});
    }

    private static BlockTemplate.Transaction transaction(RandomGenerator random) {
        byte[] previous = new byte[Hash256.BYTES];
        random.nextBytes(previous);
        RawTransaction transaction = new RawTransaction(
                2,
                List.of(new RawTransaction.Input(
                        Hash256.ofInternal(previous), 1, Bytes.EMPTY, -2, List.of(Bytes.ofHex("0102")))),
                List.of(new RawTransaction.Output(random.nextInt(1, 1_000_000), Bytes.ofHex("51"))),
                0);
        return new BlockTemplate.Transaction(transaction.id(), transaction.serialized());
    }
}
