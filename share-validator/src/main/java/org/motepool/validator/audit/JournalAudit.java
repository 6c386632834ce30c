package org.motepool.validator.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.outbox.JournaledWork;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.validator.audit.AuditReport.LogReport;
import org.motepool.validator.log.LogEntries;
import org.motepool.validator.log.ShareLogReader;

/**
 * Holds a journal against the logs: makes every slice's entries again from the logs' bytes, and compares work, number and
 * Merkle root; every registered block with its BLOCK record. A slice of which a log is not here, or not any more, is
 * counted as not checked. Used once; not thread-safe.
 */
public final class JournalAudit implements JournaledWork.Visitor, AutoCloseable {
    /** Logs that are open at a time: each slice names few. */
    private static final int OPEN_MAX = 64;

    private final Map<LogId, LogReport> logs = new TreeMap<>();
    private final Map<LogId, Long> firstOffsets = new TreeMap<>();
    private final LinkedHashMap<LogShard, Reading> open = new LinkedHashMap<>();
    private long slices;
    private long unchecked;
    private long shares;
    private long blocks;
    private long bad;
    private @Nullable BadRecord first;

    /** @param logs that were audited, each up to its end */
    public JournalAudit(List<LogReport> logs) {
        for (LogReport log : logs) {
            if (log.records() > 0) {
                this.logs.put(LogId.ofHex(log.directory().getFileName().toString()), log);
            }
        }
    }

    /** Goes through a journal, which must not reach further than the logs did when they were audited. */
    public Result run(JournaledWork journal) throws IOException {
        journal.read(this);
        return new Result(slices, unchecked, shares, blocks, bad, Optional.ofNullable(first));
    }

    @Override
    public void slice(JournaledWork.Slice slice) throws IOException {
        for (LogRange range : slice.ranges()) {
            if (!isHere(range)) {
                unchecked++;
                return;
            }
        }
        slices++;
        List<Bytes> roots = new ArrayList<>();
        Map<WorkCell, WorkCell> sums = new TreeMap<>();
        try {
            for (LogRange range : slice.ranges()) {
                for (WorkEntry entry : entries(range)) {
                    roots.add(entry.sharesRoot());
                    entry.cells().forEach(cell -> sums.merge(cell, cell, JournalAudit::sum));
                }
            }
        } catch (NoEntriesException e) {
            bad(slice.number(), String.valueOf(e.getMessage()));
            return;
        }
        List<WorkCell> cells = List.copyOf(sums.values());
        shares += cells.stream().mapToLong(WorkCell::shares).sum();
        if (!cells.equals(slice.cells())) {
            bad(slice.number(), "its work is not what the logs hold in its ranges");
        } else if (roots.size() != slice.entries()
                || !MerkleTree.proofRoot(roots).equals(slice.root())) {
            bad(slice.number(), "its Merkle root is not that of the logs' entries");
        }
    }

    private static WorkCell sum(WorkCell one, WorkCell other) {
        return new WorkCell(
                one.scheme(),
                one.nbits(),
                one.account(),
                Math.addExact(one.workUnits(), other.workUnits()),
                Math.addExact(one.shares(), other.shares()));
    }

    @Override
    public void block(LogRange range, Hash256 hash) throws IOException {
        if (!isHere(range)) {
            unchecked++;
            return;
        }
        blocks++;
        try {
            List<WorkEntry> found = entries(range);
            boolean same = found.size() == 1
                    && found.getFirst()
                            .block()
                            .filter(block -> block.header().hash().equals(hash))
                            .isPresent();
            if (!same) {
                bad(
                        range.from(),
                        "the journal registers block " + hash + " from log " + range.source()
                                + ", which has no such record there");
            }
        } catch (NoEntriesException e) {
            bad(range.from(), String.valueOf(e.getMessage()));
        }
    }

    private boolean isHere(LogRange range) throws IOException {
        LogReport log = logs.get(range.source().log());
        if (log == null) {
            return false;
        }
        Long begins = firstOffsets.get(range.source().log());
        if (begins == null) {
            try (ShareLogReader reader = ShareLogReader.open(log.directory(), ShareAudit.FILES)) {
                begins = reader.offset();
            }
            firstOffsets.put(range.source().log(), begins);
        }
        return range.from() >= begins;
    }

    private List<WorkEntry> entries(LogRange range) throws IOException, NoEntriesException {
        LogReport log = logs.get(range.source().log());
        if (log == null || range.to() > log.end()) {
            throw new NoEntriesException("the journal has read log " + range.source() + " up to " + range.to()
                    + ", but the log ends before");
        }
        Reading reading = reading(range, log);
        List<WorkEntry> found = new ArrayList<>();
        while (reading.at < range.to()) {
            Optional<WorkEntry> next = reading.entries.next();
            if (next.isEmpty() || next.get().to() > range.to()) {
                throw new NoEntriesException("no entry of log " + range.source() + " ends at " + range.to());
            }
            found.add(next.get());
            reading.at = next.get().to();
        }
        return found;
    }

    private Reading reading(LogRange range, LogReport log) throws IOException {
        Reading present = open.remove(range.source());
        if (present != null && present.at != range.from()) {
            present.entries.close();
            present = null;
        }
        if (present == null) {
            present = new Reading(
                    LogEntries.open(
                            log.directory(), ShareAudit.FILES, range.source().shard(), range.from(), log::end),
                    range.from());
        }
        if (open.size() >= OPEN_MAX) {
            Reading oldest = open.remove(open.firstEntry().getKey());
            if (oldest != null) {
                oldest.entries.close();
            }
        }
        open.put(range.source(), present);
        return present;
    }

    private void bad(long at, String reason) {
        bad++;
        if (first == null) {
            first = new BadRecord("journal", at, reason);
        }
    }

    @Override
    public void close() throws IOException {
        for (Reading reading : open.values()) {
            reading.entries.close();
        }
        open.clear();
    }

    /**
     * What came of it.
     *
     * @param slices compared
     * @param unchecked slices and blocks whose logs are not here
     * @param shares in the slices compared
     * @param blocks compared
     * @param bad slices and blocks that are not what the logs hold
     * @param firstBad its offset is a slice's number, or a block's log offset
     */
    public record Result(
            long slices, long unchecked, long shares, long blocks, long bad, Optional<BadRecord> firstBad) {}

    private static final class Reading {
        private final LogEntries entries;
        private long at;

        private Reading(LogEntries entries, long at) {
            this.entries = entries;
            this.at = at;
        }
    }

    /** The log does not have what the journal read. */
    private static final class NoEntriesException extends Exception {
        private static final long serialVersionUID = 1;

        NoEntriesException(String message) {
            super(message);
        }
    }
}
