package org.motepool.core.hash;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.Bytes;

/**
 * The two merkle trees of the house. Bitcoin's (an odd row repeats its last node, SHA-256d) for blocks; and, for our own
 * proofs, RFC 6962's (leaf and node hashes have different prefixes, an odd row is split, SHA-256), where no two leaf
 * lists share a root. Thread-safe.
 */
public final class MerkleTree {
    private MerkleTree() {}

    /** Bitcoin's root over transaction ids; throws IllegalArgumentException when there are none. */
    public static Hash256 blockRoot(List<Hash256> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a block has at least a coinbase");
        }
        List<Hash256> row = leaves;
        while (row.size() > 1) {
            row = nextRow(row);
        }
        return row.getFirst();
    }

    /**
     * The branch that leads from the first leaf (the coinbase, not given) to the root.
     *
     * @param others ids of all transactions but the coinbase, in block order
     */
    public static List<Hash256> coinbaseBranch(List<Hash256> others) {
        List<Hash256> branch = new ArrayList<>();
        List<Hash256> row = new ArrayList<>(others.size() + 1);
        row.add(Hash256.ZERO);
        row.addAll(others);
        while (row.size() > 1) {
            branch.add(row.get(1));
            row = nextRow(row);
        }
        return List.copyOf(branch);
    }

    /** Folds a branch over the coinbase id. */
    public static Hash256 foldBranch(Hash256 coinbaseId, List<Hash256> branch) {
        Hash256 node = coinbaseId;
        for (Hash256 sibling : branch) {
            node = Sha256.pair(node, sibling);
        }
        return node;
    }

    private static List<Hash256> nextRow(List<Hash256> row) {
        List<Hash256> next = new ArrayList<>((row.size() + 1) / 2);
        for (int i = 0; i < row.size(); i += 2) {
            next.add(Sha256.pair(row.get(i), row.get(Math.min(i + 1, row.size() - 1))));
        }
        return next;
    }

    /** RFC 6962 root of byte strings; of no leaves, SHA-256 of nothing. */
    public static Bytes proofRoot(List<Bytes> leaves) {
        List<Bytes> hashes = new ArrayList<>(leaves.size());
        leaves.forEach(leaf -> hashes.add(proofLeaf(leaf)));
        return proofRootOfHashes(hashes);
    }

    /** RFC 6962 leaf hash: SHA-256(0x00 || leaf). */
    public static Bytes proofLeaf(Bytes leaf) {
        MessageDigest digest = Sha256.newDigest();
        digest.update((byte) 0);
        leaf.update(digest);
        return Bytes.copyOf(digest.digest());
    }

    /** RFC 6962 root over hashes of leaves. */
    public static Bytes proofRootOfHashes(List<Bytes> leafHashes) {
        return switch (leafHashes.size()) {
            case 0 -> Bytes.copyOf(Sha256.newDigest().digest());
            case 1 -> leafHashes.getFirst();
            default -> {
                int half = Integer.highestOneBit(leafHashes.size() - 1);
                yield proofNode(
                        proofRootOfHashes(leafHashes.subList(0, half)),
                        proofRootOfHashes(leafHashes.subList(half, leafHashes.size())));
            }
        };
    }

    /**
     * RFC 6962 audit path of one leaf, from its neighbour up.
     *
     * @param index of the leaf, 0 for the first
     */
    public static List<Bytes> proofPath(List<Bytes> leafHashes, int index) {
        if (index < 0 || index >= leafHashes.size()) {
            throw new IllegalArgumentException("no leaf " + index + " of " + leafHashes.size());
        }
        if (leafHashes.size() == 1) {
            return List.of();
        }
        int half = Integer.highestOneBit(leafHashes.size() - 1);
        List<Bytes> left = leafHashes.subList(0, half);
        List<Bytes> right = leafHashes.subList(half, leafHashes.size());
        List<Bytes> path = new ArrayList<>(index < half ? proofPath(left, index) : proofPath(right, index - half));
        path.add(proofRootOfHashes(index < half ? right : left));
        return List.copyOf(path);
    }

    /** The audit paths of all leaves, in order; each node is hashed once. */
    public static List<List<Bytes>> proofPaths(List<Bytes> leafHashes) {
        List<List<Bytes>> paths = new ArrayList<>(leafHashes.size());
        leafHashes.forEach(leaf -> paths.add(new ArrayList<>()));
        if (!leafHashes.isEmpty()) {
            var _ = climb(leafHashes, 0, leafHashes.size(), paths);
        }
        return paths;
    }

    private static Bytes climb(List<Bytes> leafHashes, int from, int to, List<List<Bytes>> paths) {
        if (to - from == 1) {
            return leafHashes.get(from);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        Bytes left = climb(leafHashes, from, middle, paths);
        Bytes right = climb(leafHashes, middle, to, paths);
        for (int i = from; i < to; i++) {
            paths.get(i).add(i < middle ? right : left);
        }
        return proofNode(left, right);
    }

    /**
     * The root to which an audit path leads; throws IllegalArgumentException for a path of a wrong length.
     *
     * @param leaves of the whole tree
     */
    public static Bytes proofRootFrom(Bytes leafHash, int index, int leaves, List<Bytes> path) {
        if (index < 0 || index >= leaves) {
            throw new IllegalArgumentException("no leaf " + index + " of " + leaves);
        }
        if (leaves == 1) {
            if (!path.isEmpty()) {
                throw new IllegalArgumentException("a path of " + path.size() + " hashes for a leaf that is the root");
            }
            return leafHash;
        }
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a path that ends before the root");
        }
        int half = Integer.highestOneBit(leaves - 1);
        List<Bytes> below = path.subList(0, path.size() - 1);
        Bytes last = path.getLast();
        return index < half
                ? proofNode(proofRootFrom(leafHash, index, half, below), last)
                : proofNode(last, proofRootFrom(leafHash, index - half, leaves - half, below));
    }

    private static Bytes proofNode(Bytes left, Bytes right) {
        MessageDigest digest = Sha256.newDigest();
        digest.update((byte) 1);
        left.update(digest);
        right.update(digest);
        return Bytes.copyOf(digest.digest());
    }
}
