package org.motepool.payout.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.motepool.core.outbox.JournaledWork;
import org.motepool.core.outbox.WorkCell;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalFiles;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.SliceSealed;

/**
 * A journal as an audit of share logs sees it, up to where it was when this was made: an accountant may go on writing, and
 * the logs are read later. Immutable.
 */
public final class JournalWork implements JournaledWork {
    private final JournalFiles files;
    private final long last;
    private final Accounts accounts;

    private JournalWork(JournalFiles files, long last, Accounts accounts) {
        this.files = files;
        this.last = last;
        this.accounts = accounts;
    }

    /** Proves the journal first; throws when it is not sound. */
    public static JournalWork open(Path journalDirectory) throws JournalException {
        JournalFiles files = JournalFiles.open(journalDirectory);
        LedgerProof proof = LedgerProof.of(journalDirectory);
        return new JournalWork(files, proof.head().sequence(), proof.books().accounts());
    }

    @Override
    public void read(Visitor visitor) throws IOException {
        try {
            files.read((at, record) -> {
                if (at.sequence() > last) {
                    return;
                }
                try {
                    if (record instanceof SliceSealed slice) {
                        visitor.slice(of(slice));
                    } else if (record instanceof BlockRegistered block
                            && block.range().isPresent()) {
                        visitor.block(block.range().get(), block.hash());
                    }
                } catch (IOException e) {
                    throw new JournalException("a log cannot be compared with the journal: " + e.getMessage(), e);
                }
            });
        } catch (JournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Slice of(SliceSealed slice) {
        List<WorkCell> cells = slice.cells().stream()
                .map(cell -> new WorkCell(
                        cell.scheme(), cell.nbits(), accounts.id(cell.account()), cell.workUnits(), cell.shares()))
                .sorted(Comparator.naturalOrder())
                .toList();
        return new Slice(slice.number(), slice.ranges(), cells, slice.root(), slice.entries());
    }
}
