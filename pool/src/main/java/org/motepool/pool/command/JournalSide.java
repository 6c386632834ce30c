package org.motepool.pool.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.JournalWork;
import org.motepool.validator.audit.AuditReport.LogReport;
import org.motepool.validator.audit.BadRecord;
import org.motepool.validator.audit.JournalAudit;

/** The journal's part in an audit of a data directory; a stratum node without an accountant has none. */
final class JournalSide {
    static final JournalSide NONE = new JournalSide(Optional.empty(), Optional.empty());

    private final Optional<JournalWork> journal;
    private final Optional<String> trouble;

    private JournalSide(Optional<JournalWork> journal, Optional<String> trouble) {
        this.journal = journal;
        this.trouble = trouble;
    }

    /** Proves the journal as it is now, where there is one. */
    static JournalSide open(Path data) {
        Path directory = FileJournal.directoryIn(data);
        if (!Files.isDirectory(directory)) {
            return NONE;
        }
        try {
            return new JournalSide(Optional.of(JournalWork.open(directory)), Optional.empty());
        } catch (JournalException e) {
            return new JournalSide(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Compares it with logs that were read after it. */
    Optional<JournalAudit.Result> compare(List<LogReport> logs) throws IOException {
        if (trouble.isPresent()) {
            BadRecord bad = new BadRecord("journal", 0, trouble.get());
            return Optional.of(new JournalAudit.Result(0, 0, 0, 0, 1, Optional.of(bad)));
        }
        if (journal.isEmpty()) {
            return Optional.empty();
        }
        try (JournalAudit audit = new JournalAudit(logs)) {
            return Optional.of(audit.run(journal.get()));
        }
    }
}
