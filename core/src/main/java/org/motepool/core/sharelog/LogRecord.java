package org.motepool.core.sharelog;

import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.work.Level;

/**
 * What a share log holds. {@link LogRecordCodec} gives each its bytes.
 *
 * <p>A JOB and an ACCOUNT stand once in every segment, before the first record that needs them. A CUT or a BLOCK ends the
 * range of one outbox entry; a BLOCK is an entry by itself.
 */
public sealed interface LogRecord {
    /** A job as miners got it; {@link Share#jobNumber} refers to it. */
    record JobDeclared(Job job) implements LogRecord {}

    /** The canonical payout address behind an account id. */
    record AccountDeclared(String address) implements LogRecord {
        public AccountId account() {
            return AccountId.ofCanonicalAddress(address);
        }
    }

    /**
     * One accepted share: with its job, all that proves it.
     *
     * @param extranonces extranonce1 then extranonce2
     * @param ntime seconds since 1970, as in the header
     * @param version the header's version, rolled bits included
     * @param level in force when the job was sent: judged by it and credited with it
     * @param worker a clean worker name
     */
    record Share(
            int jobNumber,
            Bytes extranonces,
            int ntime,
            int nonce,
            int version,
            Level level,
            Scheme scheme,
            AccountId account,
            String worker)
            implements LogRecord {}

    /**
     * A found block, whatever the chain says of it later.
     *
     * @param coinbase without witness
     * @param feeBasisPoints the pool's fee in force, 0 … 10000
     * @param finder canonical payout address
     */
    record BlockFound(
            BlockHeader header,
            Bytes coinbase,
            int jobNumber,
            int height,
            Scheme scheme,
            int feeBasisPoints,
            String finder,
            String worker)
            implements LogRecord {
        public BlockFound {
            if (feeBasisPoints < 0 || feeBasisPoints > 10_000) {
                throw new IllegalArgumentException("a fee is 0 to 10000 basis points, not " + feeBasisPoints);
            }
        }
    }

    /**
     * Ends an outbox entry's range.
     *
     * @param epochMillis the node's wall clock, for people; decides nothing
     */
    record Cut(long epochMillis) implements LogRecord {}
}
