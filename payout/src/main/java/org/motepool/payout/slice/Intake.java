package org.motepool.payout.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.motepool.core.account.AccountId;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogShard;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by each log's high-water what becomes of an entry: every byte of a log is read once, in order. Not thread-safe:
 * the accountant's.
 */
public final class Intake {
    /** Foreign logs that are told of one by one; more are counted only. */
    private static final int FOREIGN_TOLD_MAX = 100;
    /** Halted logs that are remembered; what comes of one beyond is judged anew each time, and not taken either. */
    private static final int HALTED_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final String chain;
    private final Books books;
    private final OpenSlice open;
    private final Map<LogShard, String> corrupt = new HashMap<>();
    private final Set<LogShard> waiting = new HashSet<>();
    private final Set<String> foreign = new HashSet<>();

    public Intake(String chain, Books books, OpenSlice open) {
        this.chain = chain;
        this.books = books;
        this.open = open;
    }

    /** Judges an entry and remembers halted logs; a BLOCK entry too. Does not take it. */
    public EntryVerdict judge(WorkEntry entry) {
        LogShard source = entry.source();
        if (!entry.chain().equals(chain)) {
            if (foreign.size() < FOREIGN_TOLD_MAX && foreign.add(entry.chain() + source)) {
                LOG.error(
                        "log {} is of the chain {}, this pool's is {}: its work is refused; point that node at the"
                                + " store of its own pool",
                        source,
                        entry.chain(),
                        chain);
            }
            return EntryVerdict.FOREIGN_CHAIN;
        }
        if (corrupt.containsKey(source)) {
            return EntryVerdict.HALTED;
        }
        long mark = readTo(source);
        if (entry.to() <= mark) {
            return EntryVerdict.ALREADY_READ;
        }
        if (entry.from() > mark) {
            if (waiting.size() < HALTED_MAX && waiting.add(source)) {
                LOG.error(
                        "log {}: entry from {} came, but it is read to {} only; waiting for what is missing to be"
                                + " sent again",
                        source,
                        entry.from(),
                        mark);
            }
            return EntryVerdict.GAP;
        }
        if (entry.from() < mark) {
            halt(source, "entry " + entry.from() + " to " + entry.to() + " straddles its high-water " + mark);
            return EntryVerdict.STRADDLES;
        }
        String trouble = unsound(entry);
        if (!trouble.isEmpty()) {
            halt(source, trouble);
            return EntryVerdict.UNSOUND;
        }
        waiting.remove(source);
        return EntryVerdict.TAKEN;
    }

    /** Up to where a log was read, journaled or not. */
    public long readTo(LogShard source) {
        OptionalLong inSlice = open.readTo(source);
        return inSlice.isPresent()
                ? inSlice.getAsLong()
                : books.highWater(source).orElse(0);
    }

    /** Logs that stand still because something is wrong with them, and what. */
    public Map<LogShard, String> halted() {
        Map<LogShard, String> all = new HashMap<>(corrupt);
        waiting.forEach(source -> all.putIfAbsent(source, "waits for the entry at " + readTo(source)));
        return all;
    }

    private void halt(LogShard source, String reason) {
        if (corrupt.size() < HALTED_MAX) {
            corrupt.put(source, reason);
        }
        LOG.error(
                "log {} is halted, all others go on: {}; compare that log's file with the journal (mote audit), mend"
                        + " the file, then restart payout",
                source,
                reason);
    }

    private String unsound(WorkEntry entry) {
        if (books.highWater(entry.source()).isEmpty() && books.logs() >= Books.LOGS_MAX) {
            return "there are " + Books.LOGS_MAX + " logs already";
        }
        if (books.accounts().size() + entry.addresses().size() > Accounts.ACCOUNTS_MAX) {
            return "there are " + Accounts.ACCOUNTS_MAX + " accounts already";
        }
        Set<AccountId> here = new HashSet<>();
        List<String> addresses = new ArrayList<>(entry.addresses());
        entry.block().map(LogRecord.BlockFound::finder).ifPresent(addresses::add);
        for (String address : addresses) {
            if (address.isEmpty() || address.length() > AccountOpened.ADDRESS_CHARACTERS_MAX) {
                return "an address of " + address.length() + " characters";
            }
            here.add(AccountId.ofCanonicalAddress(address));
        }
        return unsound(entry.cells(), here);
    }

    private String unsound(List<WorkCell> cells, Set<AccountId> here) {
        for (WorkCell cell : cells) {
            AccountId account = cell.account();
            boolean known = here.contains(account)
                    || open.declares(account)
                    || books.accounts().indexOf(account).isPresent();
            if (!known) {
                return "work of account " + account + ", whose address was never declared";
            }
            if (!open.fits(cell)) {
                return "work of account " + account + " beyond what a slice can hold";
            }
        }
        return "";
    }
}
