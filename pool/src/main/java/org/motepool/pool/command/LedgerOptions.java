package org.motepool.pool.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.motepool.payout.journal.FileJournal;
import org.motepool.pool.Failure;
import picocli.CommandLine.Option;

/** Which journal. */
final class LedgerOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MOTE_DATA_DIR:-data}",
            description = "The pool's data directory.")
    private Path data = Path.of("data");

    Path data() {
        return data;
    }

    Path journal() throws Failure {
        Path journal = FileJournal.directoryIn(data);
        if (!Files.isDirectory(journal)) {
            throw new Failure(
                    Failure.FAILED,
                    "there is no directory " + journal + ": name the pool's data directory with --data DIR");
        }
        return journal;
    }
}
