package org.motepool.chain.devnet;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Nbits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in chain: judges every block as a full node would, pays nobody anything of worth.
 *
 * <p>Thread-safe; one lock guards the state, the listener is called on a thread of its own without it. With a file, an
 * accepted block is forced to disk before it is answered for, and {@link #open} goes on from there.
 */
public final class DevnetChain implements Chain {
    /** Deepest {@link #reorg}: leaves room below {@link BlockTree#FORK_DEPTH_MAX} for blocks found meanwhile. */
    public static final int REORG_DEPTH_MAX = 50;

    private static final Logger LOG = LoggerFactory.getLogger(DevnetChain.class);
    private static final TemplateThread.Pace PACE =
            new TemplateThread.Pace(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final String NAME = "devnet";
    private static final String ACCEPTED = "accepted";
    private static final String INCONCLUSIVE = "inconclusive";
    private static final String DUPLICATE = "duplicate";
    /** A reorg that the devices outrun gives up so many blocks past its depth. */
    private static final int REORG_EXTRA_MAX = 40;

    private final DevnetSettings settings;
    private final PoolClock clock;
    private final CollectorRegistry registry;
    private final TemplateThread.Pace pace;
    private final Retarget retarget;
    private final BlockRules rules;
    private final TemplateMaker templates;
    private final OwnBlockMiner miner;
    private final Gauge templateHeight;
    private final Gauge templateTime;
    private final Executor submissions =
            work -> Thread.ofVirtual().name("devnet-submit").start(work);

    private final ReentrantLock lock = new ReentrantLock();
    private final BlockTree tree;
    private final @Nullable ChainFile file;
    private @Nullable TemplateThread thread;
    private String trouble = "";
    private boolean closed;

    /** What became of a block: the word for it, and whether it was kept in the active chain. */
    private record Answer(String word, boolean active) {}

    DevnetChain(
            DevnetSettings settings,
            PoolClock clock,
            CollectorRegistry registry,
            Retarget retarget,
            OpenedChain opened,
            TemplateThread.Pace pace) {
        this.settings = settings;
        this.clock = clock;
        this.registry = registry;
        this.retarget = retarget;
        this.pace = pace;
        tree = opened.tree();
        file = opened.file();
        SyntheticMempool mempool = new SyntheticMempool(settings);
        rules = new BlockRules(settings, retarget, mempool);
        templates = new TemplateMaker(settings, retarget, mempool);
        miner = new OwnBlockMiner(settings.powShift());
        templateHeight = Gauge.build("mote_template_height", "Height of the block that the newest template would make.")
                .register(registry);
        templateTime = Gauge.build(
                        "mote_template_last_success_timestamp_seconds", "When the chain last gave a template.")
                .register(registry);
    }

    /**
     * Opens the chain of {@code settings.file()}, or begins a new one.
     *
     * @param registry gets the template gauges until {@link #close}
     * @throws IOException saying what to do: the file is in use, damaged, or of a devnet of other settings
     */
    public static DevnetChain open(DevnetSettings settings, PoolClock clock, CollectorRegistry registry)
            throws IOException {
        return open(settings, clock, registry, PACE);
    }

    static DevnetChain open(
            DevnetSettings settings, PoolClock clock, CollectorRegistry registry, TemplateThread.Pace pace)
            throws IOException {
        Retarget retarget = new Retarget(settings.blockTime(), settings.powShift());
        OpenedChain opened = OpenedChain.open(settings, retarget, clock.epochSeconds());
        LOG.info(
                "devnet at height {}, nbits {}, {}",
                opened.tree().tip().height(),
                retarget.next(opened.tree().tip()),
                settings.file().map(path -> "kept in " + path).orElse("in memory only"));
        return new DevnetChain(settings, clock, registry, retarget, opened, pace);
    }

    @Override
    public ChainParameters parameters() {
        return settings.parameters();
    }

    @Override
    public void start(TemplateListener listener) {
        lock.lock();
        try {
            if (thread != null || closed) {
                throw new IllegalStateException("the devnet is started once, before it is closed");
            }
            thread = new TemplateThread(this::template, listener, pace, settings.seed());
            thread.look();
        } finally {
            lock.unlock();
        }
    }

    private BlockTemplate template(@Nullable Hash256 told, int refreshes) {
        lock.lock();
        try {
            DevnetBlock tip = tree.tip();
            BlockTemplate template =
                    templates.make(tip, told != null && tip.hash().equals(told) ? refreshes : 0, nowSeconds());
            templateHeight.set(template.height());
            templateTime.set(clock.epochMillis() / 1000.0);
            return template;
        } finally {
            lock.unlock();
        }
    }

    private long nowSeconds() {
        return Integer.toUnsignedLong(clock.epochSeconds());
    }

    /** Judged on a virtual thread. {@code inconclusive} is a good block that is not (yet) in the active chain. */
    @Override
    public CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        return CompletableFuture.supplyAsync(() -> outcome(hash, block), submissions);
    }

    private SubmitOutcome outcome(Hash256 hash, Bytes bytes) {
        Answer answer;
        try {
            RawBlock block = RawBlock.parse(bytes);
            answer = block.hash().equals(hash)
                    ? accept(block)
                    : new Answer("submitted as " + hash + " but it is " + block.hash(), false);
        } catch (MalformedBytesException e) {
            answer = new Answer("Block decode failed: " + e.getMessage(), false);
        }
        return new SubmitOutcome(answer.active(), List.of(NAME + ": " + answer.word()));
    }

    private Answer accept(RawBlock block) {
        lock.lock();
        try {
            if (closed) {
                return new Answer("the devnet is closed", false);
            }
            Optional<DevnetBlock> known = tree.find(block.hash());
            if (known.isPresent()) {
                return new Answer(DUPLICATE, tree.isActive(known.get()));
            }
            Optional<DevnetBlock> parent = tree.find(block.header().prevHash());
            DevnetBlock judged = rules.judge(block, parent.orElse(null), nowSeconds());
            if (tree.tip().height() - judged.height() >= BlockTree.FORK_DEPTH_MAX) {
                return new Answer("bad-fork-prior-to-checkpoint", false);
            }
            keep(judged);
            return tree.add(judged) ? newTip() : new Answer(INCONCLUSIVE, false);
        } catch (BlockRefusedException e) {
            return new Answer(String.valueOf(e.getMessage()), false);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.error(
                    "a block is refused because it cannot be kept: {}; mend the disk, the chain then goes on", trouble);
            return new Answer(trouble, false);
        } finally {
            lock.unlock();
        }
    }

    private void keep(DevnetBlock block) throws IOException {
        if (file != null) {
            file.append(ChainRecord.Mined.of(block));
            trouble = "";
        }
    }

    private Answer newTip() {
        if (thread != null) {
            thread.look();
        }
        return new Answer(ACCEPTED, true);
    }

    /**
     * Makes the newest {@code depth} blocks orphans, by a longer branch of our own empty blocks that pay nobody. Mines on
     * the calling thread, which takes as long as the proofs take.
     *
     * @throws IllegalArgumentException when the depth is not 1 to {@link #REORG_DEPTH_MAX} or reaches block 0
     * @throws ChainException when the proofs would take too long, or the devices find blocks faster
     */
    public void reorg(int depth) throws ChainException {
        DevnetBlock branch = fork(depth);
        for (int made = 0; made < depth + REORG_EXTRA_MAX; made++) {
            RawBlock block = mineOn(branch);
            Answer answer = accept(block);
            branch = kept(block.hash(), answer);
            if (answer.active()) {
                return;
            }
        }
        throw new ChainException("the chain grew faster than a branch of our own: stop some devices");
    }

    private DevnetBlock fork(int depth) {
        lock.lock();
        try {
            if (depth < 1 || depth > REORG_DEPTH_MAX || depth > tree.tip().height()) {
                throw new IllegalArgumentException("a reorg is 1 to " + REORG_DEPTH_MAX
                        + " blocks deep and leaves block 0, not " + depth + " at height "
                        + tree.tip().height());
            }
            return tree.at(tree.tip().height() - depth).orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    private RawBlock mineOn(DevnetBlock parent) throws ChainException {
        int ntime;
        Nbits nbits;
        lock.lock();
        try {
            long due =
                    Math.min(nowSeconds(), parent.ntime() + settings.blockTime().toSeconds());
            ntime = (int) Math.max(due, parent.medianTimePast() + 1);
            nbits = retarget.next(parent, ntime);
        } finally {
            lock.unlock();
        }
        int height = parent.height() + 1;
        long salt = ThreadLocalRandom.current().nextLong();
        return miner.mine(height, parent.hash(), ntime, nbits, Subsidy.at(height, settings.halvingInterval()), salt);
    }

    private DevnetBlock kept(Hash256 hash, Answer answer) throws ChainException {
        lock.lock();
        try {
            return tree.find(hash)
                    .orElseThrow(() -> new ChainException("a block of our own was refused: " + answer.word()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ChainTip tip() {
        lock.lock();
        try {
            return new ChainTip(tree.tip().height(), tree.tip().hash());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Hash256> hashAt(int height) {
        lock.lock();
        try {
            return tree.at(height).map(DevnetBlock::hash);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ChainBlock> block(Hash256 hash) {
        lock.lock();
        try {
            int tip = tree.tip().height();
            return tree.find(hash)
                    .map(block -> new ChainBlock(
                            block.hash(),
                            block.height(),
                            tree.isActive(block) ? tip - block.height() + 1 : -1,
                            block.header().toBytes(),
                            block.coinbase()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<NodeStatus> nodes() {
        lock.lock();
        try {
            return List.of(new NodeStatus(NAME, !closed && trouble.isEmpty(), true, trouble));
        } finally {
            lock.unlock();
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        TemplateThread running;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            running = thread;
            closeFile();
        } finally {
            lock.unlock();
        }
        registry.unregister(templateHeight);
        registry.unregister(templateTime);
        if (running != null) {
            running.close();
        }
    }

    private void closeFile() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("the devnet's file was not closed cleanly; every block in it is forced: {}", e.getMessage());
            }
        }
    }
}
