package org.motepool.stratum.share;

import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.Level;
import org.motepool.stratum.job.LiveJob;
import org.motepool.validator.log.ShareLog;

/**
 * A share that passed the cheap checks.
 *
 * @param level in force when the job was sent to that connection
 * @param extranonce1 its 4 bytes, big-endian
 * @param extranonce2 likewise
 * @param version the header's, rolled bits included
 * @param origin hears what becomes of it, on its event loop
 */
public record Candidate(
        LiveJob job,
        Level level,
        PoolUser user,
        int extranonce1,
        int extranonce2,
        int ntime,
        int nonce,
        int version,
        Origin origin) {

    /** The connection's side of one share. */
    public interface Origin {
        /** @param difficulty that its hash reached; 0 for {@link Verdict#NOT_STORED} */
        void on(Candidate share, Verdict verdict, double difficulty);
    }

    /** Extranonce1, then extranonce2. */
    public Bytes extranonces() {
        byte[] bytes = new byte[Judge.EXTRANONCE_BYTES];
        for (int i = 0; i < Integer.BYTES; i++) {
            int shift = Byte.SIZE * (Integer.BYTES - 1 - i);
            bytes[i] = (byte) (extranonce1 >>> shift);
            bytes[Integer.BYTES + i] = (byte) (extranonce2 >>> shift);
        }
        return Bytes.copyOf(bytes);
    }

    ShareLog.LoggedShare logged() {
        LogRecord.Share share = new LogRecord.Share(
                job.job().number(),
                extranonces(),
                ntime,
                nonce,
                version,
                level,
                job.job().scheme(),
                user.account(),
                user.worker().value());
        return new ShareLog.LoggedShare(share, job.job(), user.address().canonical());
    }
}
