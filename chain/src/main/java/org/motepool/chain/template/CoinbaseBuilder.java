package org.motepool.chain.template;

import java.nio.charset.StandardCharsets;
import org.motepool.chain.block.CoinbaseHeight;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogId;

/**
 * Builds the coinbase of one payee and cuts it into a job. Immutable, thread-safe.
 *
 * <p>The input script holds, each as one push: the height (BIP 34); the log id's first 8 bytes and the job number
 * (little-endian), read back by {@link CoinbaseTag}; the pool's tag; the extranonces. Outputs: the whole value to the
 * payee, then the witness commitment where the template has one. A solo job shares the first part with the job it is cut
 * from; its outputs pay its miner, then the pool's fee to the payee, then the commitment. So the second part holds nothing
 * but outputs: the tag would take the room of the fee's.
 *
 * <p>All sizes keep to what the smallest devices can take, for every form of payee: the constructor refuses a tag that
 * would break that, so no job is ever too large for a device. No push is over 75 bytes, so one length byte is enough.
 */
public final class CoinbaseBuilder {
    /** Whole coinbase without witness: keeps a notify line of 13 branches within one TCP segment. */
    public static final int COINBASE_BYTES_MAX = 200;
    /**
     * The same of a solo job, to the byte: 13 branches, a job id of 8 digits and so much make a notify line of 1,435 bytes;
     * a segment holds 1,436.
     */
    public static final int SOLO_COINBASE_BYTES_MAX = 204;
    /** SparkMiner cuts a longer second part in silence. */
    public static final int COINBASE2_BYTES_MAX = 127;
    /** Consensus rule for a coinbase's input script. */
    public static final int SCRIPT_BYTES_MAX = 100;
    /** P2WSH and P2TR, the longest forms of a payee. */
    public static final int PAYEE_SCRIPT_BYTES_MAX = 34;
    /** OP_RETURN with magic and hash (BIP 141). */
    public static final int COMMITMENT_BYTES = 38;
    /** What {@link #COINBASE_BYTES_MAX} leaves for the tag beside the longest payee and the commitment, and four spare. */
    public static final int POOL_TAG_BYTES_MAX = 27;

    /** Miners roll these bits; zero here, so that all of them agree on what rolling means (BIP 310, BIP 320). */
    public static final int VERSION_MASK = 0x1fffe000;

    private static final int TRANSACTION_VERSION = 2;
    private static final int HEIGHT_PUSH_BYTES_MAX = 5;
    private static final int FIXED1_BYTES = 4 + 1 + Hash256.BYTES + 4 + 1;

    private final Bytes payeeScript;
    private final Bytes poolTag;
    private final Bytes logTag;
    private final int extranonceBytes;

    /**
     * @param payeeScript output script that gets the whole value, at most 34 bytes
     * @param poolTag printable ASCII that names the pool in its blocks, at most 27 characters, or empty
     * @param extranonceBytes both extranonces together
     * @throws IllegalArgumentException when that does not fit the devices, saying what to shorten
     */
    public CoinbaseBuilder(Bytes payeeScript, String poolTag, LogId log, int extranonceBytes) {
        if (payeeScript.size() < 1 || payeeScript.size() > PAYEE_SCRIPT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the payee's script has 1 to 34 bytes (P2PKH, P2SH, P2WPKH, P2WSH, P2TR), not "
                            + payeeScript.size());
        }
        if (extranonceBytes < 1 || extranonceBytes > Job.EXTRANONCE_BYTES_MAX) {
            throw new IllegalArgumentException("extranonces have 1 to 32 bytes, not " + extranonceBytes);
        }
        requireTag(poolTag);
        this.payeeScript = payeeScript;
        this.poolTag = Bytes.copyOf(poolTag.getBytes(StandardCharsets.US_ASCII));
        this.logTag = log.tag();
        this.extranonceBytes = extranonceBytes;
        requireBudget();
    }

    private static void requireTag(String poolTag) {
        if (poolTag.length() > POOL_TAG_BYTES_MAX) {
            throw new IllegalArgumentException("the pool tag '" + poolTag + "' is " + poolTag.length()
                    + " characters long; devices can take at most " + POOL_TAG_BYTES_MAX + ", shorten it");
        }
        if (poolTag.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("the pool tag may hold printable ASCII characters only");
        }
    }

    /** Measured with the longest payee, height and commitment, so that it fails here and not at some later block. */
    private void requireBudget() {
        int script = HEIGHT_PUSH_BYTES_MAX + 1 + CoinbaseTag.BYTES + 1 + extranonceBytes + tagPushBytes();
        int outputs = 1 + 9 + PAYEE_SCRIPT_BYTES_MAX + 9 + COMMITMENT_BYTES;
        int coinbase2 = 4 + outputs + 4;
        int total = FIXED1_BYTES + script + coinbase2;
        if (script > SCRIPT_BYTES_MAX || coinbase2 > COINBASE2_BYTES_MAX || total > COINBASE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    ("the coinbase would have up to %d bytes (at most %d), its script %d (%d),"
                                    + " its second part %d (%d): shorten the pool tag or the extranonces")
                            .formatted(
                                    total,
                                    COINBASE_BYTES_MAX,
                                    script,
                                    SCRIPT_BYTES_MAX,
                                    coinbase2,
                                    COINBASE2_BYTES_MAX));
        }
    }

    private int tagPushBytes() {
        return poolTag.size() == 0 ? 0 : 1 + poolTag.size();
    }

    /**
     * Cuts a template into a job.
     *
     * @param jobNumber unique in this log
     * @param ntime seconds since 1970, unsigned; raised to the template's lowest where it is below
     * @throws IllegalArgumentException when the template's commitment has an unknown form, which its parser rules out
     */
    public Job build(BlockTemplate template, int jobNumber, int ntime, Scheme scheme) {
        template.witnessCommitment().ifPresent(CoinbaseBuilder::requireCommitment);
        int jobTime = Integer.compareUnsigned(ntime, template.minTime()) < 0 ? template.minTime() : ntime;
        return new Job(
                jobNumber,
                template.height(),
                template.prevHash(),
                coinbase1(template.height(), jobNumber),
                coinbase2(template),
                extranonceBytes,
                template.branch(),
                template.version() & ~VERSION_MASK,
                template.nbits(),
                jobTime,
                scheme);
    }

    /**
     * What a miner's own job of a template is: the same up to the extranonces, and its coinbase pays the miner.
     *
     * @param job its fee, if it has one, goes to this builder's payee
     * @param feeBasisPoints 0 where the fee is waived or too small for a satoshi
     */
    public record Solo(Job job, int feeBasisPoints) {}

    /**
     * Cuts a miner's own job from a common one. The fee is rounded down to a satoshi.
     *
     * @param common made by this builder from that template
     * @param jobNumber unique in this log; the one in the coinbase stays the common job's
     * @param miner output script that gets the value, at most 34 bytes
     * @param small for the smallest devices: where both outputs are too long for them (a P2TR or P2WSH address on either
     *     side), the fee is waived
     * @throws IllegalArgumentException when the script is too long for any device
     */
    public Solo solo(
            Job common, BlockTemplate template, int jobNumber, Bytes miner, int feeBasisPoints, boolean small) {
        if (miner.size() < 1 || miner.size() > PAYEE_SCRIPT_BYTES_MAX) {
            throw new IllegalArgumentException("a miner's script has 1 to 34 bytes, not " + miner.size());
        }
        long fee = fee(template.coinbaseValue(), feeBasisPoints);
        if (fee > 0 && !miner.equals(payeeScript)) {
            Job both = with(common, jobNumber, soloOutputs(template, miner, fee));
            if (!small || fitsSmall(both)) {
                return new Solo(both, feeBasisPoints);
            }
        }
        return new Solo(with(common, jobNumber, soloOutputs(template, miner, 0)), 0);
    }

    /** floor(value * basis points / 10000), without an overflow. */
    private static long fee(long value, int basisPoints) {
        if (basisPoints < 0 || basisPoints > 10_000) {
            throw new IllegalArgumentException("a fee is 0 to 10000 basis points, not " + basisPoints);
        }
        return value / 10_000 * basisPoints + value % 10_000 * basisPoints / 10_000;
    }

    private static boolean fitsSmall(Job job) {
        return job.coinbase2().size() <= COINBASE2_BYTES_MAX && job.coinbaseBytes() <= SOLO_COINBASE_BYTES_MAX;
    }

    private static Job with(Job common, int number, Bytes coinbase2) {
        return new Job(
                number,
                common.height(),
                common.prevHash(),
                common.coinbase1(),
                coinbase2,
                common.extranonceBytes(),
                common.branch(),
                common.version(),
                common.nbits(),
                common.ntime(),
                Scheme.SOLO);
    }

    private Bytes soloOutputs(BlockTemplate template, Bytes miner, long fee) {
        int outputs = 1 + (fee > 0 ? 1 : 0) + (template.witnessCommitment().isPresent() ? 1 : 0);
        ByteWriter out = new ByteWriter(COINBASE2_BYTES_MAX);
        out.i32(-1).u8(outputs).i64(template.coinbaseValue() - fee).sized(miner);
        if (fee > 0) {
            out.i64(fee).sized(payeeScript);
        }
        template.witnessCommitment().ifPresent(script -> out.i64(0).sized(script));
        return out.i32(0).toBytes();
    }

    private static void requireCommitment(Bytes script) {
        if (script.size() != COMMITMENT_BYTES) {
            throw new IllegalArgumentException(
                    "the witness commitment has " + script.size() + " bytes, not " + COMMITMENT_BYTES);
        }
    }

    private Bytes coinbase1(int height, int jobNumber) {
        Bytes heightPush = CoinbaseHeight.push(height);
        int script = heightPush.size() + 1 + CoinbaseTag.BYTES + 1 + extranonceBytes + tagPushBytes();
        ByteWriter out = new ByteWriter(96)
                .i32(TRANSACTION_VERSION)
                .u8(1)
                .bytes(Hash256.ZERO.internal())
                .i32(-1)
                .u8(script)
                .bytes(heightPush)
                .u8(CoinbaseTag.BYTES)
                .bytes(logTag)
                .i32(jobNumber);
        if (poolTag.size() > 0) {
            out.u8(poolTag.size()).bytes(poolTag);
        }
        return out.u8(extranonceBytes).toBytes();
    }

    private Bytes coinbase2(BlockTemplate template) {
        ByteWriter out = new ByteWriter(COINBASE2_BYTES_MAX);
        out.i32(-1).u8(template.witnessCommitment().isPresent() ? 2 : 1);
        out.i64(template.coinbaseValue()).sized(payeeScript);
        template.witnessCommitment().ifPresent(script -> out.i64(0).sized(script));
        return out.i32(0).toBytes();
    }
}
