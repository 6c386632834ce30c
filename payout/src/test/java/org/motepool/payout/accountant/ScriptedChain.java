package org.motepool.payout.accountant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.core.address.Network;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.work.PowShift;

/** A chain that does what the test says. Thread-safe. */
public final class ScriptedChain implements Chain {
    public static final int MATURITY = 6;

    private final Map<Hash256, BlockFound> known = new HashMap<>();
    private final TreeMap<Integer, Hash256> active = new TreeMap<>();
    private final Map<Hash256, Integer> fillerSeconds = new HashMap<>();
    private boolean away;
    private int seconds = 1_700_000_000;
    private Optional<Money> wallet = Optional.empty();

    public ScriptedChain() {
        active.put(0, filler(0, 0));
    }

    /** Puts a block on the active chain at its height, what lay above is gone. */
    public synchronized void connect(BlockFound block) {
        know(block);
        active.tailMap(block.height(), true).clear();
        active.put(block.height(), block.header().hash());
    }

    /** The node has the block, the active chain does not. */
    public synchronized void know(BlockFound block) {
        known.put(block.header().hash(), block);
        while (active.lastKey() < block.height() - 1) {
            extend(1, 0);
        }
    }

    /** Puts other blocks on top. */
    public synchronized void extend(int blocks, int salt) {
        for (int i = 0; i < blocks; i++) {
            int height = active.lastKey() + 1;
            Hash256 hash = filler(height, salt);
            active.put(height, hash);
            fillerSeconds.put(hash, seconds);
        }
    }

    /** Blocks from now on say that it is so late. */
    public synchronized void setSeconds(int epochSeconds) {
        seconds = epochSeconds;
    }

    /** The node has a wallet with so much in it. */
    public synchronized void setWallet(Optional<Money> coins) {
        wallet = coins;
    }

    /** Takes away everything from this height on and builds other blocks instead. */
    public synchronized void reorganize(int fromHeight, int blocks, int salt) {
        active.tailMap(fromHeight, true).clear();
        extend(blocks, salt);
    }

    public synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    private static Hash256 filler(int height, int salt) {
        return Sha256.twice(new ByteWriter().i32(height).i32(salt).toBytes());
    }

    private void answer() throws ChainException {
        if (away) {
            throw new ChainException("the node is away");
        }
    }

    @Override
    public ChainParameters parameters() {
        ChainParameters main = ChainParameters.of(Network.MAIN);
        return new ChainParameters(Network.DEVNET, PowShift.NONE, MATURITY, main.templateRules(), main.blockTime());
    }

    @Override
    public void start(TemplateListener listener) {}

    @Override
    public CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        return CompletableFuture.completedFuture(new SubmitOutcome(false, List.of()));
    }

    @Override
    public synchronized ChainTip tip() throws ChainException {
        answer();
        return new ChainTip(active.lastKey(), active.lastEntry().getValue());
    }

    @Override
    public synchronized Optional<Hash256> hashAt(int height) throws ChainException {
        answer();
        return Optional.ofNullable(active.get(height));
    }

    @Override
    public synchronized Optional<ChainBlock> block(Hash256 hash) throws ChainException {
        answer();
        BlockFound block = known.get(hash);
        if (block == null) {
            return fillerBlock(hash);
        }
        boolean on = Optional.of(hash).equals(Optional.ofNullable(active.get(block.height())));
        int confirmations = on ? active.lastKey() - block.height() + 1 : -1;
        return Optional.of(new ChainBlock(
                hash, block.height(), confirmations, block.header().toBytes(), block.coinbase()));
    }

    /** Another pool's block: its coinbase is none of ours. */
    private Optional<ChainBlock> fillerBlock(Hash256 hash) {
        for (Map.Entry<Integer, Hash256> each : active.entrySet()) {
            if (each.getValue().equals(hash)) {
                int height = each.getKey();
                BlockHeader header = new BlockHeader(
                        2,
                        Hash256.ZERO,
                        Hash256.ZERO,
                        fillerSeconds.getOrDefault(hash, seconds),
                        Fixtures.NBITS,
                        height);
                Bytes coinbase = Fixtures.coinbase(Fixtures.address(900).script(), 1);
                return Optional.of(
                        new ChainBlock(hash, height, active.lastKey() - height + 1, header.toBytes(), coinbase));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<Money> walletCoins(String address) throws ChainException {
        answer();
        return wallet;
    }

    @Override
    public List<NodeStatus> nodes() {
        return List.of();
    }

    @Override
    public void close() {}
}
