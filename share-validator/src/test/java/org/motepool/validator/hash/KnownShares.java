package org.motepool.validator.hash;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.Target;

/** Jobs and shares that are published with their hashes or difficulties, for every implementation of the hasher. */
public final class KnownShares {
    private KnownShares() {}

    /**
     * A share as a miner submits it, numbers as hex digits.
     *
     * @param extranonces extranonce1 and extranonce2
     * @param version of the header, rolled bits included
     */
    public record KnownShare(Job job, String extranonces, String ntime, String nonce, int version) {
        /** Its hash in internal order. */
        public Hash256 hashedBy(ShareHasher hasher) {
            ShareBatch batch = new ShareBatch(job.extranonceBytes(), 1);
            batch.add(
                    Bytes.ofHex(extranonces),
                    Integer.parseUnsignedInt(ntime, 16),
                    Integer.parseUnsignedInt(nonce, 16),
                    version);
            hasher.prepare(job).hash(batch);
            return Hash256.ofInternal(batch.hashes(), 0);
        }
    }

    /** The public example of the Stratum V1 documentation. */
    public static KnownShare classic() {
        Job job = new Job(
                1,
                0,
                wirePrevHash("4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000"),
                Bytes.ofHex("01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"
                        + "20020862062f503253482f04b8864e5008"),
                Bytes.ofHex("072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef990332704"
                        + "8ed988ac00000000"),
                8,
                List.of(),
                2,
                Nbits.ofHex("1c2ac4af"),
                0x504e86ed,
                Scheme.PPLNS);
        return new KnownShare(job, "0800000200000001", "504e86ed", "b2957c02", 2);
    }

    /** The job of the recorded device transcripts. */
    public static Job transcriptJob() {
        return new Job(
                0x1f,
                0,
                wirePrevHash("95b42ba5238ffde5d3276799d647a082c9e05e080000c4ae0000000000000000"),
                Bytes.ofHex("02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"
                        + "1203a0bb0d08"),
                Bytes.ofHex(
                        "042f6d702fffffffff02205fa0120000000016001486322549067a6955e10bd173ebe3750a37b8d26b0000"
                                + "000000000000266a24aa21a9ed7dcf70bfe0c165ee92c84469812e7a6aa828742074e290930ad6f5e218e9bb7500000000"),
                8,
                Stream.of(
                                "be4cebe2193f1bb71bca8ca879d539a3d93fc22910e33c2c6ec0690f8a902bcc",
                                "60feeeeb7af9e47ff2745664ab189508616e3c6fe9d1a174a432a435f3d301d0")
                        .map(hex -> Hash256.ofInternal(Bytes.ofHex(hex)))
                        .toList(),
                0x20000000,
                Nbits.ofHex("17034219"),
                0x66b2c3d4,
                Scheme.PPLNS);
    }

    /** A share of the transcripts; nonce and version bits as the device wrote them, padded to 8 digits. */
    public static KnownShare transcript(String extranonce2, String ntime, String nonce, String versionBits) {
        Job job = transcriptJob();
        int version = job.version() | Integer.parseUnsignedInt(versionBits, 16);
        return new KnownShare(job, "1a2b3c4d" + extranonce2, ntime, nonce, version);
    }

    /** Difficulty of a hash to eight decimals, as the transcripts give it. */
    public static BigDecimal difficulty(Hash256 hash) {
        return new BigDecimal(Target.DIFFICULTY_ONE.toNumber())
                .divide(new BigDecimal(hash.toNumber()), 8, RoundingMode.HALF_UP);
    }

    /** The previous hash as mining.notify writes it: header bytes, each 4-byte word reversed. */
    private static Hash256 wirePrevHash(String hex) {
        byte[] wire = Bytes.ofHex(hex).toArray();
        byte[] internal = new byte[wire.length];
        for (int i = 0; i < wire.length; i++) {
            internal[i] = wire[i ^ 3];
        }
        return Hash256.ofInternal(internal, 0);
    }
}
