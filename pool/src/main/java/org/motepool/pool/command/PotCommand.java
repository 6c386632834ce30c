package org.motepool.pool.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.motepool.core.money.Money;
import org.motepool.payout.accountant.PotRequests;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The sponsored pot that is shared by each day's work. */
@Command(
        name = "pot",
        mixinStandardHelpOptions = true,
        description = "The sponsored pot, of which each day's work gets pot.daily-satoshis.",
        subcommands = PotCommand.Fund.class)
public final class PotCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: fund.");
    }

    /** Puts money into the pot. */
    @Command(
            name = "fund",
            mixinStandardHelpOptions = true,
            description = "Puts money into the pot; the accountant journals it within a second, or at its next start.")
    static final class Fund implements Callable<Integer> {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:MOTE_DATA_DIR:-data}",
                description = "The pool's data directory.")
        private Path data = Path.of("data");

        @Option(names = "--satoshis", required = true, paramLabel = "N", description = "How much.")
        private long satoshis;

        @Option(
                names = "--from-fee",
                description = "Of the pool's own part; else the coins are in the pool's wallet beside what it earned.")
        private boolean fromFee;

        @Option(names = "--memo", paramLabel = "TEXT", defaultValue = "", description = "Kept in the journal.")
        private String memo = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Failure {
            if (satoshis < 1 || satoshis > Money.SATOSHIS_MAX || memo.length() > JournalRecord.TEXT_CHARACTERS_MAX) {
                throw new Failure(
                        Failure.WRONG_USAGE,
                        "--satoshis is 1 or more, --memo at most 500 characters; nothing was done");
            }
            if (!Files.isDirectory(data.resolve("journal"))) {
                throw new Failure(
                        Failure.FAILED, "there is no journal in " + data + ": name the data directory of a pool");
            }
            try {
                Path file = new PotRequests(data).leave(satoshis, fromFee, memo);
                spec.commandLine().getOut().println("the accountant was asked: " + file);
                spec.commandLine().getOut().flush();
                return 0;
            } catch (IOException e) {
                throw new Failure(Failure.FAILED, "the request cannot be left: " + e, e);
            }
        }
    }
}
