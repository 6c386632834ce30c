package org.motepool.core.block;

import java.util.List;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/**
 * A template cut for miners: all that a share needs to be proven. Immutable.
 *
 * @param number unique in the process; its 4 bytes stand in the coinbase behind the first 8 of the log id, or in a
 *     miner's own job those of the common job that it was cut from
 * @param height of the block that it would make
 * @param prevHash the chain tip it builds on
 * @param coinbase1 serialized coinbase (without witness) up to the extranonces
 * @param coinbase2 the rest behind the extranonces
 * @param extranonceBytes length of extranonce1 and extranonce2 together
 * @param branch merkle branch of the coinbase
 * @param version block version, zero in all bits of the version mask
 * @param nbits network target
 * @param ntime seconds since 1970 at which it was made; the lowest that a share may carry
 * @param scheme how work on it is rewarded
 */
public record Job(
        int number,
        int height,
        Hash256 prevHash,
        Bytes coinbase1,
        Bytes coinbase2,
        int extranonceBytes,
        List<Hash256> branch,
        int version,
        Nbits nbits,
        int ntime,
        Scheme scheme) {
    public static final int EXTRANONCE_BYTES_MAX = 32;
    public static final int BRANCH_MAX = 32;

    public Job {
        branch = List.copyOf(branch);
        if (extranonceBytes < 0 || extranonceBytes > EXTRANONCE_BYTES_MAX) {
            throw new IllegalArgumentException("extranonces have 0 to 32 bytes, not " + extranonceBytes);
        }
        if (branch.size() > BRANCH_MAX) {
            throw new IllegalArgumentException("a merkle branch has at most 32 hashes, not " + branch.size());
        }
    }

    /** The whole coinbase, without witness, that a miner's extranonces make. */
    public Bytes coinbase(Bytes extranonces) {
        if (extranonces.size() != extranonceBytes) {
            throw new IllegalArgumentException(
                    "the job has " + extranonceBytes + " bytes of extranonces, not " + extranonces.size());
        }
        return coinbase1.concat(extranonces).concat(coinbase2);
    }

    public int coinbaseBytes() {
        return coinbase1.size() + extranonceBytes + coinbase2.size();
    }
}
