package org.motepool.validator.log;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;

/**
 * Sums the groups of one entry up. What it holds is bounded by the writer, which cuts after {@link
 * ShareLogWriter#ENTRY_BYTES_MAX} at the latest. Not thread-safe.
 */
final class EntryWork {
    private final long from;
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Map<Key, Sum> sums = new TreeMap<>();
    private final List<Bytes> leaves = new ArrayList<>();

    private record Key(Scheme scheme, Nbits nbits, AccountId account) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byScheme = scheme.compareTo(other.scheme);
            if (byScheme != 0) {
                return byScheme;
            }
            int byNbits = Integer.compareUnsigned(nbits.value(), other.nbits.value());
            return byNbits != 0 ? byNbits : account.compareTo(other.account);
        }
    }

    private record Sum(long workUnits, long shares) {
        Sum plus(Sum other) {
            return new Sum(Math.addExact(workUnits, other.workUnits), shares + other.shares);
        }
    }

    EntryWork(long from) {
        this.from = from;
    }

    long from() {
        return from;
    }

    /** Adds a group just read by {@code reader}, which knows the jobs of its shares. */
    void add(LogGroup group, ShareLogReader reader) throws CorruptLogException {
        for (LogRecord record : group.records()) {
            switch (record) {
                case LogRecord.Share share -> {
                    Job job = reader.job(share.jobNumber());
                    if (job == null) {
                        throw new CorruptLogException(
                                reader.fileName(),
                                group.offset(),
                                "a share names job " + share.jobNumber() + ", which its segment does not declare");
                    }
                    add(share, job.nbits());
                }
                case LogRecord.AccountDeclared account -> addresses.add(account.address());
                case LogRecord.JobDeclared _, LogRecord.Cut _, LogRecord.BlockFound _ -> {}
            }
        }
    }

    private void add(LogRecord.Share share, Nbits nbits) {
        sums.merge(
                new Key(share.scheme(), nbits, share.account()),
                new Sum(share.level().workUnits(), 1),
                Sum::plus);
        leaves.add(MerkleTree.proofLeaf(LogRecordCodec.toBytes(share)));
    }

    static Optional<LogRecord.BlockFound> blockOf(LogGroup group) {
        return group.records().getLast() instanceof LogRecord.BlockFound found ? Optional.of(found) : Optional.empty();
    }

    WorkEntry toEntry(String chain, LogShard source, long to, Optional<LogRecord.BlockFound> block) {
        List<WorkCell> cells = new ArrayList<>(sums.size());
        sums.forEach((key, sum) ->
                cells.add(new WorkCell(key.scheme(), key.nbits(), key.account(), sum.workUnits(), sum.shares())));
        return new WorkEntry(
                chain, source, from, to, List.copyOf(addresses), cells, MerkleTree.proofRootOfHashes(leaves), block);
    }
}
