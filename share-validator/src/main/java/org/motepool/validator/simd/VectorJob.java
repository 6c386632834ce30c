package org.motepool.validator.simd;

import static org.motepool.validator.simd.Sha256Lanes.LANES;
import static org.motepool.validator.simd.Sha256Words.BLOCK_BYTES;
import static org.motepool.validator.simd.Sha256Words.BLOCK_WORDS;
import static org.motepool.validator.simd.Sha256Words.STATE_WORDS;

import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;

/**
 * A job's constants, ready for the lanes: the state behind the coinbase blocks before the extranonces, the schedules of those
 * behind them, branch and header. Where a job leaves no extranonces its merkle root is constant too. Immutable.
 */
final class VectorJob implements ShareHasher.PreparedJob {
    private static final int ROOT_ROW = 9;
    private static final int NTIME_ROW = 1;
    private static final int NONCE_ROW = 3;
    /** The second block of every 64-byte message: padding alone. */
    private static final int[] PAIR_PADDING =
            Sha256Words.schedule(Sha256Words.block(Sha256Words.padded(new byte[BLOCK_BYTES]), 1));

    private final Job job;
    private final ProofOfWork proofOfWork;
    private final ThreadLocal<LaneRows> rows;
    private final ExtranonceWords extranonces;
    /** Blocks with extranonces: 1 or 2, or 0 where the job has none. */
    private final int freeBlocks;

    private final int[] midstate;
    private final int[][] freeTemplates;
    private final int[][] closing;
    private final int[] branch;
    private final int[] header;

    VectorJob(Job job, ProofOfWork proofOfWork, ThreadLocal<LaneRows> rows) {
        this.job = job;
        this.proofOfWork = proofOfWork;
        this.rows = rows;
        int start = job.coinbase1().size();
        byte[] coinbase = Sha256Words.padded(
                job.coinbase(Bytes.copyOf(new byte[job.extranonceBytes()])).toArray());
        int firstFree = start / BLOCK_BYTES;
        freeBlocks = job.extranonceBytes() == 0 ? 0 : (start + job.extranonceBytes() - 1) / BLOCK_BYTES - firstFree + 1;
        extranonces = new ExtranonceWords(coinbase, start, job.extranonceBytes(), firstFree);
        int[] state = Sha256Words.initialState();
        for (int block = 0; block < firstFree; block++) {
            Sha256Words.compress(state, Sha256Words.block(coinbase, block));
        }
        midstate = splat(state);
        freeTemplates = new int[freeBlocks][];
        for (int i = 0; i < freeBlocks; i++) {
            freeTemplates[i] = splat(Sha256Words.block(coinbase, firstFree + i));
        }
        closing = new int[coinbase.length / BLOCK_BYTES - firstFree - freeBlocks][];
        for (int i = 0; i < closing.length; i++) {
            closing[i] = Sha256Words.schedule(Sha256Words.block(coinbase, firstFree + freeBlocks + i));
        }
        branch = new int[job.branch().size() * STATE_WORDS * LANES];
        for (int i = 0; i < job.branch().size(); i++) {
            byte[] node = job.branch().get(i).internal().toArray();
            for (int word = 0; word < STATE_WORDS; word++) {
                LaneRows.fillRow(branch, (i * STATE_WORDS + word) * LANES, Sha256Words.word(node, 4 * word));
            }
        }
        byte[] template = Sha256Words.padded(
                new BlockHeader(job.version(), job.prevHash(), rootWithoutExtranonces(), job.ntime(), job.nbits(), 0)
                        .toBytes()
                        .toArray());
        header = new int[2 * BLOCK_WORDS * LANES];
        LaneRows.fill(header, 0, Sha256Words.block(template, 0));
        LaneRows.fill(header, BLOCK_WORDS * LANES, Sha256Words.block(template, 1));
    }

    private Hash256 rootWithoutExtranonces() {
        return freeBlocks > 0
                ? Hash256.ZERO
                : MerkleTree.foldBranch(Sha256.twice(job.coinbase(Bytes.copyOf(new byte[0]))), job.branch());
    }

    private static int[] splat(int[] words) {
        int[] rows = new int[words.length * LANES];
        LaneRows.fill(rows, 0, words);
        return rows;
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public String path(int shares) {
        return VectorShareHasher.PATH;
    }

    @Override
    public void hash(ShareBatch batch) {
        if (batch.extranonceBytes() != job.extranonceBytes()) {
            throw new IllegalArgumentException("a batch with extranonces of " + batch.extranonceBytes()
                    + " bytes is not of a job with " + job.extranonceBytes());
        }
        LaneRows mine = rows.get();
        int[] x = mine.x;
        if (mine.holder != this) {
            mine.holder = null;
            putConstants(x);
            mine.holder = this;
        }
        for (int from = 0; from < batch.size(); from += LANES) {
            // Lanes without a share hash what an earlier one left there.
            int count = Math.min(LANES, batch.size() - from);
            if (freeBlocks > 0) {
                extranonces.put(x, batch.extranonces(), from, count);
                hashCoinbase(x);
                foldBranch(x);
                LaneRows.copyRows(x, LaneRows.HEADER + BLOCK_WORDS * LANES, LaneRows.HEADER_END, 1);
            }
            putHeaderFields(x, batch, from, count);
            switch (proofOfWork) {
                case SHA256D -> hashHeader(x);
                case SCRYPT -> ScryptLanes.hash(x, mine.memory);
            }
            takeHashes(x, batch.hashes(), from, count);
        }
    }

    private void putConstants(int[] x) {
        System.arraycopy(midstate, 0, x, LaneRows.MIDSTATE, midstate.length);
        for (int i = 0; i < freeBlocks; i++) {
            int window = i == 0 ? LaneRows.COINBASE : LaneRows.COINBASE_NEXT;
            System.arraycopy(freeTemplates[i], 0, x, window, freeTemplates[i].length);
        }
        System.arraycopy(header, 0, x, LaneRows.HEADER, BLOCK_WORDS * LANES);
        System.arraycopy(header, BLOCK_WORDS * LANES, x, LaneRows.HEADER_END, BLOCK_WORDS * LANES);
    }

    /** Leaves the coinbase's hash where the merkle branch or the header reads it. */
    private void hashCoinbase(int[] x) {
        int last = closing.length - 1;
        Sha256Lanes.full(
                x,
                LaneRows.MIDSTATE,
                LaneRows.COINBASE,
                freeBlocks == 1 && last < 0 ? LaneRows.SECOND : LaneRows.STATE);
        if (freeBlocks == 2) {
            Sha256Lanes.full(x, LaneRows.STATE, LaneRows.COINBASE_NEXT, last < 0 ? LaneRows.SECOND : LaneRows.STATE);
        }
        for (int i = 0; i <= last; i++) {
            Sha256Lanes.constant(x, LaneRows.STATE, i == last ? LaneRows.SECOND : LaneRows.STATE, closing[i]);
        }
        Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.SECOND, nodeOrRoot(0));
    }

    private void foldBranch(int[] x) {
        int nodeInts = STATE_WORDS * LANES;
        for (int level = 0, at = 0; at < branch.length; level++, at += nodeInts) {
            System.arraycopy(branch, at, x, LaneRows.PAIR + nodeInts, nodeInts);
            Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.PAIR, LaneRows.STATE);
            Sha256Lanes.constant(x, LaneRows.STATE, LaneRows.SECOND, PAIR_PADDING);
            Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.SECOND, nodeOrRoot(level + 1));
        }
    }

    /** The root's last word comes to stand behind the header's first block, from where it is copied into the second. */
    private int nodeOrRoot(int level) {
        return level * STATE_WORDS * LANES == branch.length ? LaneRows.HEADER + ROOT_ROW * LANES : LaneRows.PAIR;
    }

    private static void putHeaderFields(int[] x, ShareBatch batch, int from, int count) {
        int[] versions = batch.versions();
        int[] ntimes = batch.ntimes();
        int[] nonces = batch.nonces();
        for (int lane = 0; lane < count; lane++) {
            x[LaneRows.HEADER + lane] = Integer.reverseBytes(versions[from + lane]);
            x[LaneRows.HEADER_END + NTIME_ROW * LANES + lane] = Integer.reverseBytes(ntimes[from + lane]);
            x[LaneRows.HEADER_END + NONCE_ROW * LANES + lane] = Integer.reverseBytes(nonces[from + lane]);
        }
    }

    private static void hashHeader(int[] x) {
        Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.HEADER, LaneRows.STATE);
        Sha256Lanes.full(x, LaneRows.STATE, LaneRows.HEADER_END, LaneRows.SECOND);
        Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.SECOND, LaneRows.STATE);
    }

    private static void takeHashes(int[] x, byte[] hashes, int from, int count) {
        for (int lane = 0; lane < count; lane++) {
            int at = (from + lane) * Hash256.BYTES;
            for (int word = 0; word < STATE_WORDS; word++) {
                Sha256Words.putWord(hashes, at + 4 * word, x[LaneRows.STATE + word * LANES + lane]);
            }
        }
    }
}
