package org.motepool.payout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;

/**
 * How the accountant works.
 *
 * @param dataDir the journal is in its directory {@code journal}
 * @param mirror a second directory for the journal, best on another disk
 * @param network whose money this is
 * @param payeeScript output script of the pool's coinbases
 * @param sliceEvery how long a slice is open at most
 * @param blockPoll how often the chain is asked about immature blocks
 * @param windowBlocks expected blocks in the PPLNS window
 */
public record PayoutSettings(
        Path dataDir,
        Optional<Path> mirror,
        Network network,
        Bytes payeeScript,
        Duration sliceEvery,
        Duration blockPoll,
        int windowBlocks) {
    public static final int WINDOW_BLOCKS = 8;
    /** A BLOCK whose block no node knows is given up after this long, or after three polls where that is shorter. */
    public static final Duration PATIENCE_MAX = Duration.ofSeconds(60);

    public PayoutSettings {
        if (sliceEvery.isNegative() || sliceEvery.isZero() || blockPoll.isNegative() || blockPoll.isZero()) {
            throw new IllegalArgumentException("slices and polls take time");
        }
        if (windowBlocks < 1 || windowBlocks > 1_000) {
            throw new IllegalArgumentException("a window holds 1 to 1000 blocks, not " + windowBlocks);
        }
        if (payeeScript.size() == 0) {
            throw new IllegalArgumentException("the pool's coinbases pay to a script");
        }
    }

    /** The usual pace: fast on the built-in chains and regtest, where blocks come every few seconds or when someone wants one. */
    public static PayoutSettings of(Path dataDir, Network network, Bytes payeeScript) {
        boolean fast = network.isBuiltIn() || network == Network.REGTEST || network == Network.LTC_REGTEST;
        return new PayoutSettings(
                dataDir,
                Optional.empty(),
                network,
                payeeScript,
                Duration.ofSeconds(fast ? 2 : 60),
                Duration.ofSeconds(fast ? 1 : 30),
                WINDOW_BLOCKS);
    }

    /** How long a block may be unknown to every node before its submission counts as failed. */
    public Duration patience() {
        Duration polls = blockPoll.multipliedBy(3);
        return polls.compareTo(PATIENCE_MAX) < 0 ? polls : PATIENCE_MAX;
    }
}
