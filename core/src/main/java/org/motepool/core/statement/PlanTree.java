package org.motepool.core.statement;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.MerkleTree;

/**
 * The Merkle tree (RFC 6962) of one plan: its head, then its credits in ascending order of account id. Its root stands in
 * the journal, so whoever knows the root can be shown that a credit belongs to it. Immutable.
 */
public final class PlanTree {
    private final List<Bytes> hashes;

    private PlanTree(List<Bytes> hashes) {
        this.hashes = List.copyOf(hashes);
    }

    public static PlanTree of(PlanHead head, List<CreditLeaf> credits) {
        if (head.credits() != credits.size()) {
            throw new IllegalArgumentException("a head of " + head.credits() + " credits, not " + credits.size());
        }
        List<Bytes> hashes = new ArrayList<>(credits.size() + 1);
        hashes.add(MerkleTree.proofLeaf(head.leaf()));
        credits.forEach(credit -> hashes.add(MerkleTree.proofLeaf(credit.leaf())));
        return new PlanTree(hashes);
    }

    public Bytes root() {
        return MerkleTree.proofRootOfHashes(hashes);
    }

    /** Hashes that lead from the head to the root. */
    public List<Bytes> headPath() {
        return MerkleTree.proofPath(hashes, 0);
    }

    /**
     * Hashes that lead from a credit to the root.
     *
     * @param credit 0 for the first
     */
    public List<Bytes> creditPath(int credit) {
        return MerkleTree.proofPath(hashes, credit + 1);
    }

    /** The same for all credits, in order. */
    public List<List<Bytes>> creditPaths() {
        return MerkleTree.proofPaths(hashes).subList(1, hashes.size());
    }

    /** The root that this path gives the head. */
    public static Bytes rootFrom(PlanHead head, List<Bytes> path) {
        return MerkleTree.proofRootFrom(MerkleTree.proofLeaf(head.leaf()), 0, head.credits() + 1, path);
    }

    /** The root that this path gives a credit. */
    public static Bytes rootFrom(PlanHead head, CreditLeaf credit, int index, List<Bytes> path) {
        return MerkleTree.proofRootFrom(MerkleTree.proofLeaf(credit.leaf()), index + 1, head.credits() + 1, path);
    }
}
