package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.validator.audit.AuditReport;
import org.motepool.validator.audit.ShareAudit;
import org.motepool.validator.log.DeadLogs;
import org.motepool.validator.log.LogFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Re-proves share logs from their bytes alone; exit code 5 when a record is bad. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Proves every share in the share logs again: hash, level, window, duplicates, checksums.")
public final class AuditCommand implements Callable<Integer> {
    /** More than any machine's cores; each may hold some megabytes. */
    private static final int THREADS_MAX = 1024;
    /** About a million shares: share by share they take as long as it takes to warm the lanes up. */
    private static final long BYTES_WORTH_THE_WAIT = 64L << 20;

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MOTE_DATA_DIR:-data}",
            description = "The pool's data directory; all logs under its shares/ are audited.")
    private Path data = Path.of("data");

    @Parameters(arity = "0..1", paramLabel = "LOG", description = "One log's directory, instead of all of --data.")
    private @Nullable Path log;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--account",
            paramLabel = "ADDRESS",
            description = "Also print the work of this payout address, by log and range.")
    private @Nullable String account;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description =
                    "Network that ADDRESS belongs to: main, testnet4, signet, regtest, ltc-main, ltc-test, ltc-regtest or"
                            + " devnet, which takes all.")
    private String network = Network.DEVNET.id();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that prove; one for each core by default.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new Failure(Failure.WRONG_USAGE, "--threads is 1 to " + THREADS_MAX + ", not " + threads);
        }
        PayoutAddress address = account == null ? null : parse(account);
        PrintWriter out = spec.commandLine().getOut();
        LogLevel.onlyWarnings();
        AuditScreen screen = new AuditScreen(json ? null : out, PoolClock.SYSTEM);
        try {
            // Before the logs are read: they are then at least as long as what is journaled now.
            JournalSide journal = log == null ? JournalSide.open(data) : JournalSide.NONE;
            AuditReport logs = audit(logs(), threads, screen);
            AuditReport report = logs.with(journal.compare(logs.logs()));
            AccountId wanted = address == null ? null : address.accountId();
            if (json) {
                AuditJson.write(report, wanted, address == null ? "" : address.canonical(), out);
            } else {
                screen.print(report);
                if (address != null && wanted != null) {
                    screen.print(report, wanted, address.canonical());
                }
            }
            return report.bad() == 0 ? 0 : Failure.BAD_RECORD;
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "a share log cannot be read: " + e, e);
        }
    }

    /** Audits a whole data directory on all cores, its journal too; tells nothing. */
    static AuditReport audit(Path data) throws IOException, InterruptedException {
        JournalSide journal = JournalSide.open(data);
        Path shares = data.resolve("shares");
        List<Path> found = Files.isDirectory(shares) ? DeadLogs.directories(shares, LogFiles.DISK) : List.of();
        AuditScreen silent = new AuditScreen(null, PoolClock.SYSTEM);
        AuditReport logs = audit(found, Runtime.getRuntime().availableProcessors(), silent);
        return logs.with(journal.compare(logs.logs()));
    }

    private static AuditReport audit(List<Path> logs, int threads, AuditScreen screen)
            throws IOException, InterruptedException {
        PoolClock clock = PoolClock.SYSTEM;
        long start = clock.nanos();
        long bytes = 0;
        for (Path directory : logs) {
            bytes += ShareAudit.segmentBytes(directory);
        }
        // Proving may begin at once, share by share, and lanes take over amid a log; in a long one they win the wait
        // back.
        Duration wait = bytes > BYTES_WORTH_THE_WAIT ? WAIT_MAX : Duration.ZERO;
        try (AuditHashers hashers = new AuditHashers(wait);
                ShareAudit audit = new ShareAudit(hashers, threads, clock, screen)) {
            AuditReport report = audit.run(logs);
            screen.hashedBy(hashers.reasons());
            // The wait is part of what it takes.
            return new AuditReport(report.logs(), clock.nanos() - start);
        }
    }

    private List<Path> logs() throws Failure, IOException {
        if (log != null) {
            requireDirectory(log, "name the directory of one share log, or --data DIR");
            return List.of(log);
        }
        Path shares = data.resolve("shares");
        requireDirectory(shares, "name the pool's data directory with --data DIR");
        return DeadLogs.directories(shares, LogFiles.DISK);
    }

    private static void requireDirectory(Path directory, String mend) throws Failure {
        if (!Files.isDirectory(directory)) {
            throw new Failure(Failure.FAILED, "there is no directory " + directory + ": " + mend);
        }
    }

    private PayoutAddress parse(String typed) throws Failure {
        Network wanted = Network.ofId(network)
                .orElseThrow(() -> new Failure(Failure.WRONG_USAGE, "there is no network " + network));
        try {
            return PayoutAddress.parse(typed, wanted);
        } catch (AddressException e) {
            throw new Failure(Failure.WRONG_USAGE, "--account " + typed + ": " + e.getMessage(), e);
        }
    }
}
