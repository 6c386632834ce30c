package org.motepool.payout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;

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
 * @param terms what the operator has promised
 * @param snapshotBlocks so many registered blocks from one snapshot of the books to the next
 */
public record PayoutSettings(
        Path dataDir,
        Optional<Path> mirror,
        Network network,
        Bytes payeeScript,
        Duration sliceEvery,
        Duration blockPoll,
        int windowBlocks,
        Terms terms,
        int snapshotBlocks) {
    public static final int WINDOW_BLOCKS = 8;
    /** A snapshot takes a moment, and reading the records of so many blocks does, too. */
    public static final int SNAPSHOT_BLOCKS = 100;
    /** A BLOCK whose block no node knows is given up after this long, or after three polls where that is shorter. */
    public static final Duration PATIENCE_MAX = Duration.ofSeconds(60);

    public PayoutSettings {
        if (sliceEvery.isNegative() || sliceEvery.isZero() || blockPoll.isNegative() || blockPoll.isZero()) {
            throw new IllegalArgumentException("slices and polls take time");
        }
        if (windowBlocks < 1 || windowBlocks > 1_000) {
            throw new IllegalArgumentException("a window holds 1 to 1000 blocks, not " + windowBlocks);
        }
        if (snapshotBlocks < 1) {
            throw new IllegalArgumentException("a snapshot is made every block or less often");
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
                WINDOW_BLOCKS,
                Terms.NONE,
                SNAPSHOT_BLOCKS);
    }

    /** The same under the operator's terms, with a mirror or without. */
    public PayoutSettings with(Optional<Path> otherMirror, Terms otherTerms) {
        return new PayoutSettings(
                dataDir,
                otherMirror,
                network,
                payeeScript,
                sliceEvery,
                blockPoll,
                windowBlocks,
                otherTerms,
                snapshotBlocks);
    }

    /**
     * @param payeeAddress of the pool's coinbases, by which a node's wallet is known to be the pool's; empty for none
     * @param feeBasisPoints the pool's part of a block that only the chain told of; else the BLOCK record says it
     * @param potDaily what is shared of the sponsored pot each day; zero shares nothing
     */
    public record Terms(String payeeAddress, int feeBasisPoints, Money potDaily) {
        public static final Terms NONE = new Terms("", 0, Money.ZERO);

        public Terms {
            if (feeBasisPoints < 0 || feeBasisPoints > 10_000) {
                throw new IllegalArgumentException("a fee is 0 to 10000 basis points, not " + feeBasisPoints);
            }
        }
    }

    /** How long a block may be unknown to every node before its submission counts as failed. */
    public Duration patience() {
        Duration polls = blockPoll.multipliedBy(3);
        return polls.compareTo(PATIENCE_MAX) < 0 ? polls : PATIENCE_MAX;
    }
}
