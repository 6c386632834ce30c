package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;

/**
 * The shares of one outbox entry, so that one of them can be proven under the entry's root. Immutable.
 *
 * @param from log offset where the entry begins
 * @param to the offset behind it
 * @param hashes of all its shares, in order: the leaves of its tree
 * @param first each account's first share in it
 */
public record EntryShares(long from, long to, List<Bytes> hashes, Map<AccountId, Found> first) {
    public EntryShares {
        hashes = List.copyOf(hashes);
        first = Map.copyOf(first);
    }

    /**
     * @param index of the share in the entry
     * @param record its bytes
     */
    public record Found(int index, Bytes record) {}

    /**
     * Reads the entry that begins at a log offset.
     *
     * @param from where an entry begins: 0, or where another ended
     * @param forcedOffset up to where the log is forced
     * @return empty when it is not complete yet
     */
    public static Optional<EntryShares> read(Path logDirectory, LogFiles files, long from, LongSupplier forcedOffset)
            throws IOException {
        try (ShareLogReader reader = ShareLogReader.open(logDirectory, files, forcedOffset)) {
            reader.skipToSegmentBefore(from);
            while (reader.offset() < from) {
                if (reader.nextRaw().isEmpty()) {
                    return Optional.empty();
                }
            }
            List<Bytes> hashes = new ArrayList<>();
            Map<AccountId, Found> first = new LinkedHashMap<>();
            for (Optional<LogGroup> read = reader.next(); read.isPresent(); read = reader.next()) {
                LogGroup group = read.get();
                if (group.isBlock() && group.offset() > from) {
                    return Optional.of(new EntryShares(from, group.offset(), hashes, first));
                }
                for (LogRecord record : group.records()) {
                    if (record instanceof LogRecord.Share share) {
                        Bytes bytes = LogRecordCodec.toBytes(share);
                        first.putIfAbsent(share.account(), new Found(hashes.size(), bytes));
                        hashes.add(MerkleTree.proofLeaf(bytes));
                    }
                }
                if (group.endsEntry()) {
                    return Optional.of(new EntryShares(from, group.end(), hashes, first));
                }
            }
            return Optional.empty();
        }
    }

    /** Root over all shares: what the entry says. */
    public Bytes root() {
        return MerkleTree.proofRootOfHashes(hashes);
    }

    public List<Bytes> path(Found share) {
        return MerkleTree.proofPath(hashes, share.index());
    }
}
