package org.motepool.validator.audit;

import java.util.Optional;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.PowShift;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;

/** What a share or a block may differ in from its job. Stateless. */
final class JobRules {
    /** Version bits that miners may roll (BIP 320). */
    static final int VERSION_MASK = 0x1fffe000;
    /** So far a share's ntime may be ahead of its job's. */
    static final int NTIME_ROLL_SECONDS_MAX = 7000;

    private JobRules() {}

    /** Why a share cannot be of its job, whatever its hash is; empty when it can. */
    static Optional<String> fault(ShareFields share, Job job) {
        if (share.extranonceBytes() != job.extranonceBytes()) {
            return Optional.of("its extranonces have " + share.extranonceBytes() + " bytes, its job's have "
                    + job.extranonceBytes());
        }
        if (share.scheme() != job.scheme().code()) {
            return Optional.of("its scheme is not that of job " + job.number());
        }
        return headerFault(share.version(), share.ntime(), job);
    }

    private static Optional<String> headerFault(int version, int ntime, Job job) {
        if (((version ^ job.version()) & ~VERSION_MASK) != 0) {
            return Optional.of("version %08x differs from its job's %08x outside of the mask %08x"
                    .formatted(version, job.version(), VERSION_MASK));
        }
        if (Integer.compareUnsigned(ntime - job.ntime(), NTIME_ROLL_SECONDS_MAX) > 0) {
            return Optional.of("ntime " + Integer.toUnsignedString(ntime) + " is out of its job's window, "
                    + Integer.toUnsignedString(job.ntime()) + " and " + NTIME_ROLL_SECONDS_MAX + " s more");
        }
        return Optional.empty();
    }

    /** Why a block record does not hold; empty when it does. */
    static Optional<String> fault(LogRecord.BlockFound block, ShareHasher.PreparedJob prepared, PowShift powShift) {
        Job job = prepared.job();
        BlockHeader header = block.header();
        if (block.height() != job.height() || block.scheme() != job.scheme()) {
            return Optional.of("its height or scheme is not that of job " + job.number());
        }
        if (!header.prevHash().equals(job.prevHash()) || !header.nbits().equals(job.nbits())) {
            return Optional.of("its header's previous hash or nbits is not that of job " + job.number());
        }
        Optional<String> fault = headerFault(header.version(), header.ntime(), job);
        if (fault.isPresent()) {
            return fault;
        }
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(block.coinbase()), job.branch());
        if (!root.equals(header.merkleRoot())) {
            return Optional.of("its header's merkle root is not that of its coinbase");
        }
        Optional<Bytes> extranonces = extranonces(block.coinbase(), job);
        if (extranonces.isEmpty()) {
            return Optional.of("its coinbase is not that of job " + job.number());
        }
        ShareBatch batch = new ShareBatch(job.extranonceBytes(), 1);
        batch.add(extranonces.get(), header.ntime(), header.nonce(), header.version());
        prepared.hash(batch);
        return job.nbits().target().accepts(batch.hashes(), 0, powShift)
                ? Optional.empty()
                : Optional.of("its hash is above the network target");
    }

    /** What a miner put between the two parts of a job's coinbase. */
    private static Optional<Bytes> extranonces(Bytes coinbase, Job job) {
        int from = job.coinbase1().size();
        int to = from + job.extranonceBytes();
        if (coinbase.size() != job.coinbaseBytes()) {
            return Optional.empty();
        }
        Bytes extranonces = coinbase.slice(from, to);
        return job.coinbase(extranonces).equals(coinbase) ? Optional.of(extranonces) : Optional.empty();
    }
}
