package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.heap.WarmHeap;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.Target;

/** What every hasher must do; run for each implementation. */
public abstract class ShareHasherContract {
    private static final long SEED = Long.getLong("mote.test.seed", 20_260_101L);

    private final ShareHasher hasher;

    protected ShareHasherContract(ShareHasher hasher) {
        this.hasher = hasher;
    }

    @Test
    void hashesTheClassicExampleOfStratum() {
        assertThat(KnownShares.classic().hashedBy(hasher))
                .hasToString("000000002076870fe65a2b6eeed84fa892c0db924f1482243a6247d931dcab32");
    }

    @ParameterizedTest
    @CsvSource({
        "00000001, 66b2c3d4, da5d0af0, 00000000, 0.00062377",
        "00000001, 66b2c3d4, 000adc39, 00000000, 0.00028034",
        "00000001, 66b2c3d4, da567ed8, 00000000, 0.00010583",
        "3FA94C0B, 66b2c3d4, 0001edf2, 00000000, 0.00018536",
        "7C00E1D2, 66b2c3d4, 8b288aa4, 00000000, 0.00106396",
        "9E3779B9, 66b2c3d4, 41d0deb1, 00000000, 0.00020248",
        "2a000000, 66b2c3d4, 05ce028d, 00c0a000, 0.00016169",
        "0000002a, 66b2c3d4, 7b0a3a13, 0006a000, 0.00023479",
        "00000001, 66b2c3d4, 300634f1, 00014000, 0.00036580",
        "00000000, 66b2c3d4, 0000c6b1, 00000000, 0.00129474",
        "01000000, 66b2c3d4, 5555ebc3, 00000000, 0.00022750",
        "02000000, 66b2c3d4, 1f059ee6, 1fffe000, 0.00029995",
        "03000000, 66b2c3db, 2f01865a, 00000000, 0.00015781",
        "1b2c3d4e, 66b2c3d4, 4c0a1096, 00ace000, 0.00119655",
    })
    void hashesEveryShareOfTheDeviceTranscripts(
            String extranonce2, String ntime, String nonce, String versionBits, BigDecimal difficulty) {
        Hash256 hash =
                KnownShares.transcript(extranonce2, ntime, nonce, versionBits).hashedBy(hasher);
        assertThat(KnownShares.difficulty(hash)).isEqualByComparingTo(difficulty);
    }

    @ParameterizedTest
    @EnumSource(MainnetBlock.class)
    void hashesBlocksOfTheMainChainWhereverTheExtranoncesStand(MainnetBlock block) {
        for (int bytes : new int[] {0, 4, 8, 32}) {
            for (int start = 0; start + bytes <= block.coinbaseBytes(); start += 7) {
                assertThat(block.share(start, bytes).hashedBy(hasher)).hasToString(block.hash());
            }
        }
    }

    @Test
    void agreesWithTheNaiveComputationOnArbitraryJobs() {
        System.out.println("seed of arbitrary jobs: " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            Job job = arbitraryJob(random);
            ShareBatch batch = new ShareBatch(job.extranonceBytes(), random.nextInt(4));
            List<Hash256> expected = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                Bytes extranonces = arbitraryBytes(random, job.extranonceBytes());
                int version = job.version() | random.nextInt() & 0x1fffe000;
                int ntime = random.nextInt();
                int nonce = random.nextInt();
                batch.add(extranonces, ntime, nonce, version);
                expected.add(naive(job, extranonces, ntime, nonce, version));
            }
            hasher.prepare(job).hash(batch);
            for (int i = 0; i < batch.size(); i++) {
                Hash256 hash = Hash256.ofInternal(batch.hashes(), i * Hash256.BYTES);
                assertThat(hash).as("round %s, share %s", round, i).isEqualTo(expected.get(i));
                assertThatTargetsAgree(batch.hashes(), i * Hash256.BYTES, random);
            }
        }
    }

    private static void assertThatTargetsAgree(byte[] hashes, int offset, Random random) {
        PowShift shift = new PowShift(random.nextInt(PowShift.BITS_MAX + 1));
        BigInteger judged = Hash256.ofInternal(hashes, offset)
                .toNumber()
                .and(BigInteger.ONE.shiftLeft(256 - shift.bits()).subtract(BigInteger.ONE));
        assertThat(Target.of(judged).accepts(hashes, offset, shift)).isTrue();
        assertThat(Target.of(judged.add(BigInteger.ONE)).accepts(hashes, offset, shift))
                .isTrue();
        assertThat(Target.of(judged.subtract(BigInteger.ONE)).accepts(hashes, offset, shift))
                .isFalse();
    }

    @Test
    void reusesABatchFromTurnToTurn() {
        KnownShares.KnownShare known = KnownShares.classic();
        ShareHasher.PreparedJob job = hasher.prepare(known.job());
        ShareBatch batch = new ShareBatch(8, 1);
        for (int turn = 1; turn < 40; turn += 13) {
            batch.clear();
            for (int i = 0; i < turn; i++) {
                batch.add(Bytes.ofHex(known.extranonces()), 0x504e86ed, 0xb2957c02, 2);
            }
            job.hash(batch);
            for (int i = 0; i < turn; i++) {
                assertThat(Hash256.ofInternal(batch.hashes(), 32 * i)).isEqualTo(known.hashedBy(hasher));
            }
        }
    }

    @Test
    void oneJobIsHashedByManyThreadsAtOnce() {
        ShareHasher.PreparedJob job = hasher.prepare(KnownShares.transcriptJob());
        List<Hash256> hashes = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(nonce -> {
                    ShareBatch batch = new ShareBatch(8, 1);
                    batch.add(Bytes.ofHex("1a2b3c4d00000001"), 0x66b2c3d4, nonce, 0x20000000);
                    job.hash(batch);
                    return Hash256.ofInternal(batch.hashes(), 0);
                })
                .toList();
        for (int nonce = 0; nonce < hashes.size(); nonce++) {
            assertThat(hashes.get(nonce))
                    .isEqualTo(naive(job.job(), Bytes.ofHex("1a2b3c4d00000001"), 0x66b2c3d4, nonce, 0x20000000));
        }
    }

    @Test
    void allocatesNothingForAShareOnceItIsWarm() {
        ShareHasher.PreparedJob job = hasher.prepare(KnownShares.transcriptJob());
        int shares = 5_000;
        ShareBatch batch = new ShareBatch(8, shares);
        for (int nonce = 0; nonce < shares; nonce++) {
            batch.add(Bytes.ofHex("1a2b3c4d00000001"), 0x66b2c3d4, nonce, 0x20000000);
        }
        assertThat(WarmHeap.bytesOf(() -> job.hash(batch), shares - 1)).isLessThan(shares);
    }

    @Test
    void refusesABatchOfAnotherExtranonceLength() {
        ShareHasher.PreparedJob job = hasher.prepare(KnownShares.transcriptJob());
        assertThatThrownBy(() -> job.hash(new ShareBatch(7, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extranonces of 7 bytes");
    }

    private static Hash256 naive(Job job, Bytes extranonces, int ntime, int nonce, int version) {
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(job.coinbase(extranonces)), job.branch());
        return new BlockHeader(version, job.prevHash(), root, ntime, job.nbits(), nonce).hash();
    }

    private static Job arbitraryJob(Random random) {
        int coinbase = 60 + random.nextInt(341);
        int extranonces = random.nextInt(Job.EXTRANONCE_BYTES_MAX + 1);
        int split = random.nextInt(coinbase - extranonces + 1);
        return new Job(
                random.nextInt(),
                random.nextInt(1_000_000),
                Hash256.ofInternal(arbitraryBytes(random, 32)),
                arbitraryBytes(random, split),
                arbitraryBytes(random, coinbase - extranonces - split),
                extranonces,
                Stream.generate(() -> Hash256.ofInternal(arbitraryBytes(random, 32)))
                        .limit(random.nextInt(17))
                        .toList(),
                random.nextInt() & 0xe0001fff,
                Nbits.notAbove(BigInteger.ONE.shiftLeft(1 + random.nextInt(250))),
                random.nextInt(),
                Scheme.PPLNS);
    }

    private static Bytes arbitraryBytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
