package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.heap.WarmHeap;
import org.motepool.core.work.Nbits;

/** What every hasher must do where work is scrypt; run for each implementation. */
abstract class ScryptHasherContract {
    private static final long SEED = Long.getLong("mote.test.seed", 20_260_103L);
    private static final int COUNT_MAX = 2 * 16 + 1;

    private final ShareHasher hasher;

    ScryptHasherContract(ShareHasher hasher) {
        this.hasher = hasher;
    }

    /** Litecoin's genesis block with its coinbase: one transaction, so its hash is the merkle root. */
    @Test
    void hashesLitecoinsGenesisBlock() {
        Bytes coinbase = Bytes.ofHex(
                "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff48"
                        + "04ffff001d0104404e592054696d65732030352f4f63742f32303131205374657665204a6f62732c204170706c65e280997320566973"
                        + "696f6e6172792c2044696573206174203536ffffffff0100f2052a010000004341040184710fa689ad5023690c80f3a49c8f13f8d45b"
                        + "8c857fbcbc8bc4a8e4d3eb4b10f4d4604fa08dce601aaf0f470216fe1b51850b4acf21b179c45070ac7b03a9ac00000000");
        for (int bytes : new int[] {0, 8}) {
            Job job = new Job(
                    1,
                    0,
                    Hash256.ZERO,
                    coinbase.slice(0, 101),
                    coinbase.slice(101 + bytes, coinbase.size()),
                    bytes,
                    List.of(),
                    1,
                    Nbits.ofHex("1e0ffff0"),
                    1317972665,
                    Scheme.PPLNS);
            assertThat(new KnownShares.KnownShare(
                                    job, coinbase.slice(101, 101 + bytes).toHex(), "4e8eaab9", "7c3f51cd", 1)
                            .hashedBy(hasher))
                    .hasToString(LitecoinHeader.GENESIS.hash());
        }
    }

    /** A block whose coinbase and merkle branch are known too: work done by a pool's miner. */
    @Test
    void hashesABlockThatAPoolFound() {
        LitecoinHeader block = LitecoinHeader.BLOCK_A;
        Bytes header = Bytes.copyOf(block.bytes());
        Bytes coinbase =
                Bytes.ofHex("01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff17"
                        + "03da0c060651f4d267018cd0335c9e917f000089000000ffffffff01a0a92d2a010000001976a9143bb598947d1dbf04ec724c41"
                        + "272548b04af487af88ac00000000");
        List<Hash256> branch = Stream.of(
                        "c12ad86433a44a617c4526fcebc44b4d1bd4ab4256b12b4b8efccf5e2c6893d2",
                        "47bb93bff92c07a7dfa9e9e6960871d653f2c3c67aeedcc1605a2c29f4eb25a4",
                        "3e7bcc7128ce21b6ab3b08965b362ecdaab9edd10d54397a37188c3c9061787b",
                        "005ce32e35a0025af8ed462e556b8f0ba38dadbd2a515f42e83ab614cb7e9e86",
                        "0280e09d7422af5652529204392fbd79b44b4d380ef1119f7abd67aad131c7e8")
                .map(Hash256::ofDisplayHex)
                .toList();
        for (int start : new int[] {42, 55, 60}) {
            Job job = new Job(
                    1,
                    396_506,
                    Hash256.ofInternal(header.slice(4, 36)),
                    coinbase.slice(0, start),
                    coinbase.slice(start + 5, coinbase.size()),
                    5,
                    branch,
                    2,
                    Nbits.ofHex("1b47c7ea"),
                    0x51f4d267,
                    Scheme.PPLNS);
            assertThat(new KnownShares.KnownShare(
                                    job, coinbase.slice(start, start + 5).toHex(), "51f4d267", "5966de00", 2)
                            .hashedBy(hasher))
                    .hasToString(block.hash());
        }
    }

    @Test
    void agreesWithTheNaiveComputationAtEveryPlaceOfEveryCount() {
        System.out.println("seed of shares: " + SEED);
        Random random = new Random(SEED);
        MadeUpShares shares = new MadeUpShares(SEED);
        for (int count = 1; count <= COUNT_MAX; count++) {
            Job job = shares.anyJob();
            ShareBatch batch = shares.batch(job, count);
            hasher.prepare(job).hash(batch);
            for (int i = 0; i < count; i++) {
                assertThat(Hash256.ofInternal(batch.hashes(), i * Hash256.BYTES))
                        .as("share %d of %d", i, count)
                        .isEqualTo(naive(job, batch, i));
            }
            if (random.nextInt(4) == 0) {
                // Once more, over what the last pass left behind.
                hasher.prepare(job).hash(batch);
                assertThat(Hash256.ofInternal(batch.hashes(), 0)).isEqualTo(naive(job, batch, 0));
            }
        }
    }

    private static Hash256 naive(Job job, ShareBatch batch, int index) {
        int bytes = job.extranonceBytes();
        Bytes extranonces = Bytes.copyOf(batch.extranonces()).slice(index * bytes, (index + 1) * bytes);
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(job.coinbase(extranonces)), job.branch());
        byte[] header = new BlockHeader(
                        batch.versions()[index],
                        job.prevHash(),
                        root,
                        batch.ntimes()[index],
                        job.nbits(),
                        batch.nonces()[index])
                .toBytes()
                .toArray();
        return Hash256.ofInternal(SCrypt.generate(header, header, 1024, 1, 1, 32), 0);
    }

    @Test
    void oneJobIsHashedByManyThreadsAtOnce() {
        ShareHasher.PreparedJob job = hasher.prepare(KnownShares.transcriptJob());
        List<ShareBatch> batches = IntStream.range(0, 64)
                .parallel()
                .mapToObj(nonce -> {
                    ShareBatch batch = new ShareBatch(8, 1);
                    batch.add(Bytes.ofHex("1a2b3c4d00000001"), 0x66b2c3d4, nonce, 0x20000000);
                    job.hash(batch);
                    return batch;
                })
                .toList();
        for (ShareBatch batch : batches) {
            assertThat(Hash256.ofInternal(batch.hashes(), 0)).isEqualTo(naive(job.job(), batch, 0));
        }
    }

    /** Bytes that hashing one batch of 33 shares allocates once it is warm. */
    final long allocated() {
        MadeUpShares shares = new MadeUpShares(SEED);
        ShareHasher.PreparedJob job = hasher.prepare(shares.usualJob(4));
        ShareBatch batch = shares.batch(job.job(), COUNT_MAX);
        return WarmHeap.bytesOf(() -> job.hash(batch), 0);
    }
}
