package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import org.motepool.pool.backup.Backup;
import org.motepool.pool.backup.NodeCheck;
import org.motepool.validator.audit.AuditReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts a backup into a new data directory and proves it: exit code 5 when it does not hold. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Copies a backup to a new data directory; --verify proves journal, snapshot and logs, and compares"
                        + " with a node when one is given.")
public final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "A backup that mote backup made.")
    private Path from = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "New data directory; must be empty.")
    private Path data = Path.of("");

    @Option(names = "--verify", description = "Prove what was restored: journal, snapshot, logs against the journal.")
    private boolean verify;

    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "With --verify: also compare credited blocks with this node, http://USER:PASSWORD@HOST:PORT.")
    private @Nullable String node;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        LogLevel.onlyWarnings();
        PrintWriter out = spec.commandLine().getOut();
        try {
            long bytes = Backup.restore(from, data);
            out.println("  restored    " + bytes + " bytes to " + data);
            boolean sound = !verify || verified(out);
            out.println(
                    sound
                            ? "  start the pool on it: Redis is rebuilt from the journal"
                            : "  do not start a pool on it");
            out.flush();
            return sound ? 0 : Failure.BAD_RECORD;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the restore failed: " + e.getMessage(), e);
        }
    }

    private boolean verified(PrintWriter out) throws JournalException, IOException, InterruptedException, Failure {
        Path journal = data.resolve("journal");
        LedgerProof proof = LedgerProof.of(journal);
        String books = Snapshots.digest(proof.books());
        boolean sound = proof.isSound();
        out.println("  journal     " + proof.head().sequence() + " records, sum "
                + proof.books().ledger().imbalance() + ", owed " + proof.owed() + ", held "
                + proof.held().map(Object::toString).orElse("not yet compared"));
        proof.trouble().ifPresent(why -> out.println("  NOT SOUND   " + why));
        for (Path snapshot : Snapshots.newestFirst(journal)) {
            boolean same = Snapshots.digest(LedgerProof.from(snapshot, journal).books())
                    .equals(books);
            out.println("  snapshot    " + snapshot.getFileName() + (same ? ": the same books" : ": OTHER BOOKS"));
            sound &= same;
        }
        AuditReport report = AuditCommand.audit(data);
        out.println("  share logs  " + report.shares() + " shares proven, " + report.bad() + " bad");
        report.firstBad().ifPresent(bad -> out.println("  first bad   " + bad.file() + ": " + bad.reason()));
        sound &= report.bad() == 0;
        if (node != null) {
            List<String> differences = NodeCheck.of(node, proof);
            out.println("  node        "
                    + (differences.isEmpty() ? "has every credited block" : differences.size() + " differences"));
            differences.forEach(line -> out.println("  DIFFERS     " + line));
            sound &= differences.isEmpty();
        }
        return sound;
    }
}
