package org.motepool.validator.audit;

import java.util.ArrayList;
import java.util.List;
import org.motepool.validator.log.RawGroup;

/** Neighbouring groups that one prover takes at a time. Filled by the reader, then handed over. */
final class Chunk {
    /** Handed over from this size on: large enough that shares of one job meet, small enough that all cores get some. */
    static final int BYTES_AIM = 512 << 10;

    private final List<Piece> pieces = new ArrayList<>();
    private long bytes;

    /**
     * A group, up to where its records can be told apart.
     *
     * @param end in the group's bytes
     */
    record Piece(Declarations segment, RawGroup group, int end) {}

    void add(Piece piece) {
        pieces.add(piece);
        bytes += piece.group().bytes().length;
    }

    List<Piece> pieces() {
        return pieces;
    }

    boolean isFull() {
        return bytes >= BYTES_AIM;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }
}
