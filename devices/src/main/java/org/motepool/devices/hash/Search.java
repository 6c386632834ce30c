package org.motepool.devices.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongFunction;
import org.motepool.core.work.PowShift;

/**
 * One job being searched: holds the header and moves it on, hash by hash.
 *
 * <p>A real hash stands for 2^S nominal ones, so the nonce moves by 2^S and a twin runs through the nonces in the time
 * that its board would. Built on the thread of the connection, then used by one hashing thread only.
 */
public final class Search {
    private static final int VERSION_AT = 0;
    private static final int NTIME_AT = 68;
    private static final int NONCE_AT = 76;
    /** Leaves at least 2^8 nonces to every header. */
    private static final int STRIDE_BITS_MAX = 24;

    private final MiningJob job;
    private final String extranonce1;
    private final int coinbaseBytesMax;
    private final SearchOrder order;
    private final LongFunction<String> extranonce2Of;
    private final int stride;
    private final int version;
    private final int jobNtime;

    private byte[] header;
    private int ntime;
    private String extranonce2;
    private long extranonce2Counter;
    private long hashes;
    private int versionIndex;
    private int versionBits;
    private int nonce;

    /**
     * Builds the first header; throws IllegalArgumentException when the job or an extranonce is not hex.
     *
     * @param coinbaseBytesMax what the board's buffer holds; a longer coinbase is cut in silence, as the board does
     * @param extranonce2Of gives the hex text of the n-th extranonce2
     */
    public Search(
            MiningJob job,
            String extranonce1,
            int coinbaseBytesMax,
            SearchOrder order,
            LongFunction<String> extranonce2Of,
            PowShift shift) {
        this.job = job;
        this.extranonce1 = extranonce1;
        this.coinbaseBytesMax = coinbaseBytesMax;
        this.order = order;
        this.extranonce2Of = extranonce2Of;
        this.stride = 1 << Math.min(shift.bits(), STRIDE_BITS_MAX);
        this.version = HexFormat.fromHexDigits(job.version());
        this.jobNtime = HexFormat.fromHexDigits(job.ntime());
        this.ntime = jobNtime;
        this.extranonce2 = extranonce2Of.apply(0);
        this.header = job.header(coinbase());
    }

    private void roll() {
        hashes = 0;
        extranonce2Counter++;
        extranonce2 = extranonce2Of.apply(extranonce2Counter);
        header = job.header(coinbase());
        ntime = jobNtime + (int) (extranonce2Counter % (order.ntimeSecondsMax() + 1L));
        MiningJob.putLittleEndian(header, NTIME_AT, ntime);
    }

    /** Real hashes after which the nonces of a header are used up. */
    public static long nonces(PowShift shift) {
        return 1L << 32 - Math.min(shift.bits(), STRIDE_BITS_MAX);
    }

    private byte[] coinbase() {
        byte[] whole = HexFormat.of().parseHex(job.coinbase1() + extranonce1 + extranonce2 + job.coinbase2());
        return whole.length <= coinbaseBytesMax ? whole : Arrays.copyOf(whole, coinbaseBytesMax);
    }

    /** Hashes the next header of the order into {@code hash}, 32 bytes in internal order. */
    void next(MessageDigest digest, byte[] hash) throws DigestException {
        if (hashes == order.hashesPerExtranonce2()) {
            roll();
        }
        if (hashes % order.hashesPerVersion() == 0) {
            versionBits = order.versionBits().applyAsInt(versionIndex++);
        }
        MiningJob.putLittleEndian(header, VERSION_AT, version ^ versionBits);
        long lane = hashes % order.lanes();
        long step = hashes / order.lanes();
        nonce = (int) (order.firstNonce() + 0xffff_ffffL / order.lanes() * lane + step * stride);
        MiningJob.putLittleEndian(header, NONCE_AT, nonce);
        hashes++;
        digest.update(header);
        digest.digest(hash, 0, hash.length);
        digest.update(hash);
        digest.digest(hash, 0, hash.length);
    }

    /** What the last {@link #next} was made of. */
    FoundShare found() {
        String time = ntime == jobNtime ? job.ntime() : "%08x".formatted(ntime);
        return new FoundShare(job.id(), extranonce2, time, nonce, versionBits);
    }
}
