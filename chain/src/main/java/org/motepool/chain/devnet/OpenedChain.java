package org.motepool.chain.devnet;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.devnet.ChainRecord.Beginning;
import org.motepool.chain.devnet.ChainRecord.Mined;
import org.motepool.chain.devnet.ChainRecord.Resumption;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.work.Nbits;

/**
 * A chain as it was left, or a new one.
 *
 * @param file null when nothing is kept
 */
record OpenedChain(BlockTree tree, @Nullable ChainFile file) {
    /** @throws IOException saying what to do, when the file cannot be used */
    static OpenedChain open(DevnetSettings settings, Retarget retarget, int ntime) throws IOException {
        Optional<Path> path = settings.file();
        Beginning beginning = new Beginning(
                settings.powShift().bits(),
                settings.seed(),
                settings.halvingInterval(),
                settings.startHashesPerBlock(),
                ntime);
        if (path.isEmpty()) {
            return new OpenedChain(treeOf(beginning, retarget), null);
        }
        Replay replay = new Replay(beginning, retarget);
        ChainFile file = ChainFile.open(path.get(), replay);
        try {
            BlockTree tree = replay.tree;
            if (tree == null) {
                file.append(beginning);
                return new OpenedChain(treeOf(beginning, retarget), file);
            }
            Resumption resumption = new Resumption(tree.tip().hash(), ntime, settings.startHashesPerBlock());
            file.append(resumption);
            replay.resume(tree, resumption);
            return new OpenedChain(tree, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static BlockTree treeOf(Beginning beginning, Retarget retarget) {
        DevnetBlock genesis = Genesis.make(beginning.ntime(), retarget.start(beginning.startHashes()));
        return new BlockTree(genesis, BlockTree.ACTIVE_BLOCKS_MAX);
    }

    /** Puts the blocks of the file together again; they were judged when they were new. */
    private static final class Replay implements ChainFile.Reader {
        private final Beginning wanted;
        private final Retarget retarget;
        private BigInteger startHashes = BigInteger.ONE;
        private @Nullable BlockTree tree;

        Replay(Beginning wanted, Retarget retarget) {
            this.wanted = wanted;
            this.retarget = retarget;
        }

        @Override
        public void take(ChainRecord record) throws IOException, MalformedBytesException {
            BlockTree begun = tree;
            if (begun == null) {
                begin(record);
                return;
            }
            switch (record) {
                case Beginning again -> throw new MalformedBytesException("a second beginning");
                case Mined mined -> {
                    DevnetBlock parent = begun.find(mined.header().prevHash())
                            .orElseThrow(() -> new MalformedBytesException(
                                    "block " + mined.header().hash() + " has no parent"));
                    begun.add(mined.on(parent));
                }
                case Resumption resumption -> resume(begun, resumption);
            }
        }

        private void begin(ChainRecord record) throws IOException, MalformedBytesException {
            if (!(record instanceof Beginning was)) {
                throw new MalformedBytesException("the first record does not begin a chain");
            }
            if (was.powShift() != wanted.powShift()
                    || was.seed() != wanted.seed()
                    || was.halvingInterval() != wanted.halvingInterval()) {
                throw new IOException(
                        ("it holds a devnet of pow-shift %d, seed %d and halving %d, not of %d, %d and %d:"
                                        + " use those, or another --data")
                                .formatted(
                                        was.powShift(),
                                        was.seed(),
                                        was.halvingInterval(),
                                        wanted.powShift(),
                                        wanted.seed(),
                                        wanted.halvingInterval()));
            }
            startHashes = was.startHashes();
            tree = treeOf(was, retarget);
        }

        /** Unchanged settings keep the difficulty that the chain has found; changed ones start again from theirs. */
        void resume(BlockTree begun, Resumption resumption) {
            Optional<Nbits> restart = resumption.startHashes().equals(startHashes)
                    ? Optional.empty()
                    : Optional.of(retarget.start(resumption.startHashes()));
            startHashes = resumption.startHashes();
            begun.find(resumption.tip())
                    .ifPresent(tip -> tip.resumed(new DevnetBlock.Resume(
                            resumption.ntime(), restart.or(() -> tip.resume().flatMap(DevnetBlock.Resume::restart)))));
        }
    }
}
