package org.motepool.stratum.found;

import java.util.Set;
import org.motepool.chain.Chain;

/** What became of a found block. */
public enum BlockOutcome {
    ACCEPTED,
    /** Valid, but another block of its height came first. */
    STALE,
    REFUSED;

    /**
     * Words for a good block that is not in the active chain (BIP 22, Bitcoin Core, bcoin, devnet). Not among them: {@code
     * bad-prevblk} and {@code prev-blk-not-found}, whose parent is invalid or unknown.
     */
    private static final Set<String> LATE =
            Set.of("inconclusive", "duplicate", "duplicate-inconclusive", "stale-prevblk", "stale-work", "stale");

    /** Reads the nodes' answers; one that accepts is enough. */
    public static BlockOutcome of(Chain.SubmitOutcome outcome) {
        if (outcome.accepted()) {
            return ACCEPTED;
        }
        return outcome.answers().stream().anyMatch(BlockOutcome::saysLate) ? STALE : REFUSED;
    }

    /** An answer is a node's name and its word, bcoin's with {@code rejected:} before it. */
    private static boolean saysLate(String answer) {
        return LATE.contains(answer.substring(answer.lastIndexOf(": ") + 1).strip());
    }
}
