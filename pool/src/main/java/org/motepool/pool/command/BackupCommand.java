package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.motepool.payout.journal.JournalException;
import org.motepool.pool.Failure;
import org.motepool.pool.backup.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies what cannot be made again, also beside a running pool. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies journal, a snapshot of the books and share logs to a directory; the pool may run.")
public final class BackupCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MOTE_DATA_DIR:-data}",
            description = "The pool's data directory.")
    private Path data = Path.of("data");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "New, or an earlier backup of this pool.")
    private Path to = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        try {
            Backup.Made made = Backup.make(data, to);
            PrintWriter out = spec.commandLine().getOut();
            out.println("  journal     " + made.entries() + " records");
            out.println("  share logs  " + made.logs());
            out.println("  copied      " + made.bytes() + " bytes to " + to);
            out.flush();
            return 0;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the backup failed: " + e.getMessage(), e);
        }
    }
}
