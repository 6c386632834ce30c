package org.motepool.validator.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.ProofOfWork;

/**
 * Hashes one share after the other with the platform's SHA-256 and, where work is scrypt, Bouncy Castle's: works on every
 * machine, and is what the vector kernels are compared with. Thread-safe: each thread has scratch space of its own.
 */
public final class ScalarShareHasher implements ShareHasher {
    private static final int BLOCK_BYTES = 64;

    /**
     * A constant prefix of so many whole SHA-256 blocks is hashed once and the digest cloned for each share. A clone
     * allocates a quarter kilobyte and costs as much as hashing about two blocks, so shorter prefixes are hashed again.
     */
    private static final int PREFIX_BLOCKS_WORTH_A_CLONE = 3;

    private final ProofOfWork proofOfWork;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    /** Of SHA-256d. */
    public ScalarShareHasher() {
        this(ProofOfWork.SHA256D);
    }

    public ScalarShareHasher(ProofOfWork proofOfWork) {
        this.proofOfWork = proofOfWork;
    }

    @Override
    public String path() {
        return "scalar";
    }

    @Override
    public PreparedJob prepare(Job job) {
        return new Prepared(job);
    }

    /** What one thread needs while it hashes; nothing in it outlives a call but its size. */
    private static final class Scratch {
        final MessageDigest digest = Sha256.newDigest();
        final byte[] header = new byte[BlockHeader.BYTES];
        final byte[] pair = new byte[2 * Hash256.BYTES];
        byte[] coinbase = new byte[256];

        byte[] coinbaseOf(int bytes) {
            if (coinbase.length < bytes) {
                coinbase = Arrays.copyOf(coinbase, bytes);
            }
            return coinbase;
        }
    }

    /** The job's constant bytes, each where its hash wants it. Immutable but for the prefix digest, which is only cloned. */
    private final class Prepared implements PreparedJob {
        private final Job job;
        private final byte[] coinbase1;
        private final byte[] coinbase2;
        private final byte[] branch;
        private final byte[] headerTemplate;
        private final int prefixBytes;
        private final MessageDigest prefix;
        /** Of a job without extranonces, whose merkle root all shares have in common; empty otherwise. */
        private final byte[] constantRoot;

        Prepared(Job job) {
            this.job = job;
            coinbase1 = job.coinbase1().toArray();
            coinbase2 = job.coinbase2().toArray();
            branch = new byte[job.branch().size() * Hash256.BYTES];
            for (int i = 0; i < job.branch().size(); i++) {
                job.branch().get(i).copyTo(branch, i * Hash256.BYTES);
            }
            headerTemplate = new BlockHeader(job.version(), job.prevHash(), Hash256.ZERO, job.ntime(), job.nbits(), 0)
                    .toBytes()
                    .toArray();
            int wholeBlocks = coinbase1.length / BLOCK_BYTES;
            prefixBytes = wholeBlocks < PREFIX_BLOCKS_WORTH_A_CLONE ? 0 : wholeBlocks * BLOCK_BYTES;
            prefix = Sha256.newDigest();
            prefix.update(coinbase1, 0, prefixBytes);
            constantRoot = job.extranonceBytes() > 0
                    ? new byte[0]
                    : MerkleTree.foldBranch(Sha256.twice(job.coinbase(Bytes.copyOf(new byte[0]))), job.branch())
                            .internal()
                            .toArray();
        }

        @Override
        public Job job() {
            return job;
        }

        @Override
        public String path(int shares) {
            return ScalarShareHasher.this.path();
        }

        @Override
        public void hash(ShareBatch batch) {
            if (batch.extranonceBytes() != job.extranonceBytes()) {
                throw new IllegalArgumentException("a batch with extranonces of " + batch.extranonceBytes()
                        + " bytes is not of a job with " + job.extranonceBytes());
            }
            Scratch mine = scratch.get();
            byte[] coinbase = mine.coinbaseOf(job.coinbaseBytes());
            System.arraycopy(coinbase1, 0, coinbase, 0, coinbase1.length);
            System.arraycopy(coinbase2, 0, coinbase, coinbase1.length + job.extranonceBytes(), coinbase2.length);
            System.arraycopy(headerTemplate, 0, mine.header, 0, BlockHeader.BYTES);
            try {
                for (int i = 0; i < batch.size(); i++) {
                    hashOne(batch, i, mine, coinbase);
                }
            } catch (DigestException | CloneNotSupportedException e) {
                throw new IllegalStateException("this Java's SHA-256 cannot be cloned or written to a buffer", e);
            }
        }

        private void hashOne(ShareBatch batch, int index, Scratch mine, byte[] coinbase)
                throws DigestException, CloneNotSupportedException {
            byte[] header = mine.header;
            if (constantRoot.length > 0) {
                HeaderFields.putMerkleRoot(header, constantRoot);
            } else {
                int extranonceBytes = job.extranonceBytes();
                System.arraycopy(
                        batch.extranonces(), index * extranonceBytes, coinbase, coinbase1.length, extranonceBytes);
                hashRoot(mine, coinbase);
                HeaderFields.putMerkleRoot(header, mine.pair);
            }
            HeaderFields.putVersion(header, batch.versions()[index]);
            HeaderFields.putNtime(header, batch.ntimes()[index]);
            HeaderFields.putNonce(header, batch.nonces()[index]);
            switch (proofOfWork) {
                case SHA256D -> twice(mine.digest, header, header.length, batch.hashes(), index * Hash256.BYTES);
                case SCRYPT -> ScryptHash.of(header, batch.hashes(), index * Hash256.BYTES);
            }
        }

        /** Leaves the merkle root in the first half of the pair. */
        private void hashRoot(Scratch mine, byte[] coinbase) throws DigestException, CloneNotSupportedException {
            MessageDigest digest = mine.digest;
            byte[] pair = mine.pair;
            MessageDigest first = prefixBytes == 0 ? digest : (MessageDigest) prefix.clone();
            first.update(coinbase, prefixBytes, job.coinbaseBytes() - prefixBytes);
            first.digest(pair, 0, Hash256.BYTES);
            digest.update(pair, 0, Hash256.BYTES);
            digest.digest(pair, 0, Hash256.BYTES);
            for (int at = 0; at < branch.length; at += Hash256.BYTES) {
                System.arraycopy(branch, at, pair, Hash256.BYTES, Hash256.BYTES);
                twice(digest, pair, pair.length, pair, 0);
            }
        }

        private static void twice(MessageDigest digest, byte[] data, int length, byte[] target, int offset)
                throws DigestException {
            digest.update(data, 0, length);
            digest.digest(target, offset, Hash256.BYTES);
            digest.update(target, offset, Hash256.BYTES);
            digest.digest(target, offset, Hash256.BYTES);
        }
    }
}
