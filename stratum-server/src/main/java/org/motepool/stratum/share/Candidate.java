package org.motepool.stratum.share;

import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.Level;
import org.motepool.stratum.job.LiveJob;
import org.motepool.validator.log.ShareLog;

/**
 * A share that passed the cheap checks, and whoever waits for its verdict: one object, since there are very many. What it
 * is never changes, and any thread may ask for it.
 */
public interface Candidate extends ShareLog.Loggable {
    LiveJob job();

    /** In force when the job was sent to that connection. */
    Level level();

    PoolUser user();

    /** Its 4 bytes, big-endian. */
    int extranonce1();

    /** Its 4 bytes, big-endian. */
    int extranonce2();

    int ntime();

    int nonce();

    /** The header's, rolled bits included. */
    int version();

    /**
     * Hears what becomes of the share, on the event loop of its connection.
     *
     * @param difficulty that its hash reached, where it has just been judged; else 0
     */
    void on(Verdict verdict, double difficulty);

    /** Extranonce1, then extranonce2. */
    default Bytes extranonces() {
        byte[] bytes = new byte[Judge.EXTRANONCE_BYTES];
        for (int i = 0; i < Integer.BYTES; i++) {
            int shift = Byte.SIZE * (Integer.BYTES - 1 - i);
            bytes[i] = (byte) (extranonce1() >>> shift);
            bytes[Integer.BYTES + i] = (byte) (extranonce2() >>> shift);
        }
        return Bytes.copyOf(bytes);
    }

    @Override
    default ShareLog.LoggedShare logged() {
        LogRecord.Share share = new LogRecord.Share(
                job().job().number(),
                extranonces(),
                ntime(),
                nonce(),
                version(),
                level(),
                job().job().scheme(),
                user().account(),
                user().worker().value());
        return new ShareLog.LoggedShare(share, job().job(), user().address().canonical());
    }
}
