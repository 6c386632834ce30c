package org.motepool.payout.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.SliceCell;

/**
 * What was read since the last cut. It lives in memory alone: until it is sealed and journaled, every log's entries are
 * still in the stream or come again. Not thread-safe: the accountant's.
 */
public final class OpenSlice {
    /** A slice with so many entries or cells is cut early, so that its journal record stays small. */
    public static final int ENTRIES_MAX = 65_536;

    public static final int CELLS_MAX = 1_000_000;

    private final Map<LogShard, LogRange> ranges = new TreeMap<>();
    private final Map<Key, Sum> cells = new TreeMap<>();
    private final Map<AccountId, String> declared = new LinkedHashMap<>();
    private final Set<Nbits> nbits = new HashSet<>();
    private final Map<LogShard, List<Bytes>> roots = new TreeMap<>();
    private int entries;

    /** Nothing was read into it. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean isFull() {
        return entries >= ENTRIES_MAX || cells.size() >= CELLS_MAX;
    }

    /** Up to where it has read a log; empty when nothing of it. */
    public OptionalLong readTo(LogShard source) {
        LogRange range = ranges.get(source);
        return range == null ? OptionalLong.empty() : OptionalLong.of(range.to());
    }

    /** Has work under this target. */
    public boolean has(Nbits target) {
        return nbits.contains(target);
    }

    boolean declares(AccountId account) {
        return declared.containsKey(account);
    }

    /** The work that a cell would add to fits its sums. */
    boolean fits(WorkCell cell) {
        Sum sum = cells.get(Key.of(cell));
        return sum == null
                || (Long.MAX_VALUE - sum.workUnits >= cell.workUnits() && Long.MAX_VALUE - sum.shares >= cell.shares());
    }

    /** Takes an entry that begins where its log was read to. */
    public void take(WorkEntry entry) {
        ranges.merge(
                entry.source(),
                new LogRange(entry.source(), entry.from(), entry.to()),
                (before, next) -> new LogRange(next.source(), before.from(), next.to()));
        entry.addresses().forEach(address -> declared.putIfAbsent(AccountId.ofCanonicalAddress(address), address));
        for (WorkCell cell : entry.cells()) {
            cells.computeIfAbsent(Key.of(cell), key -> new Sum()).add(cell);
            nbits.add(cell.nbits());
        }
        roots.computeIfAbsent(entry.source(), source -> new ArrayList<>()).add(entry.sharesRoot());
        entries++;
    }

    /**
     * The records that seal it: accounts that are new, then the slice. It stays as it is until {@link #clear}.
     *
     * @param number of the slice
     */
    public List<JournalRecord> seal(long number, long at, Accounts accounts) {
        List<JournalRecord> records = new ArrayList<>(newAccounts(declared, accounts));
        Map<AccountId, Integer> fresh = new HashMap<>();
        for (JournalRecord record : records) {
            if (record instanceof AccountOpened opened) {
                fresh.put(opened.id(), opened.index());
            }
        }
        List<SliceCell> sealed = new ArrayList<>(cells.size());
        cells.forEach((key, sum) -> {
            Integer index = fresh.get(key.account);
            int account = index != null ? index : accounts.indexOf(key.account).orElseThrow();
            sealed.add(new SliceCell(key.scheme, key.nbits, account, sum.workUnits, sum.shares));
        });
        List<Bytes> inOrder = roots.values().stream().flatMap(List::stream).toList();
        records.add(new SliceSealed(
                number, at, List.copyOf(ranges.values()), sealed, MerkleTree.proofRoot(inOrder), entries));
        return records;
    }

    /** Records that open those accounts which are not open, in the order given. */
    public static List<AccountOpened> newAccounts(Map<AccountId, String> declared, Accounts accounts) {
        List<AccountOpened> records = new ArrayList<>();
        declared.forEach((id, address) -> {
            if (accounts.indexOf(id).isEmpty()) {
                records.add(new AccountOpened(accounts.size() + records.size(), address));
            }
        });
        return records;
    }

    /** Begins anew. */
    public void clear() {
        ranges.clear();
        cells.clear();
        declared.clear();
        nbits.clear();
        roots.clear();
        entries = 0;
    }

    private record Key(Scheme scheme, Nbits nbits, AccountId account) implements Comparable<Key> {
        static Key of(WorkCell cell) {
            return new Key(cell.scheme(), cell.nbits(), cell.account());
        }

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

    private static final class Sum {
        private long workUnits;
        private long shares;

        private void add(WorkCell cell) {
            workUnits = Math.addExact(workUnits, cell.workUnits());
            shares = Math.addExact(shares, cell.shares());
        }
    }
}
