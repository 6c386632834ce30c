package org.motepool.pool.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.motepool.core.money.Money;
import org.motepool.payout.accountant.PotRequests;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells the ledger that coins of the wallet are in Lightning channels now. */
@Command(
        name = "lightning",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the ledger that coins of the pool's wallet are in Lightning channels now: only what it knows to be",
            "there is paid from there. Journaled within a second, or at the accountant's next start."
        })
final class PayoutLightningCommand implements Callable<Integer> {
    private static final int MEMO_CHARACTERS_MAX = JournalRecord.TEXT_CHARACTERS_MAX - 50;

    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @Option(names = "--satoshis", required = true, paramLabel = "N", description = "What the channels got.")
    private long satoshis;

    @Option(
            names = "--network-fee",
            paramLabel = "N",
            defaultValue = "0",
            description = "Satoshis that opening them cost; the pool's expense.")
    private long networkFee;

    @Option(names = "--memo", paramLabel = "TEXT", defaultValue = "", description = "Kept in the journal.")
    private String memo = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        if (satoshis < 1
                || satoshis > Money.SATOSHIS_MAX
                || networkFee < 0
                || networkFee > Money.SATOSHIS_MAX
                || memo.length() > MEMO_CHARACTERS_MAX) {
            throw new Failure(
                    Failure.WRONG_USAGE,
                    "--satoshis is 1 or more, --network-fee 0 or more, --memo at most " + MEMO_CHARACTERS_MAX
                            + " characters; nothing was done");
        }
        Path journal = options.journal();
        try {
            Path file = new PotRequests(options.data()).leaveLightning(satoshis, networkFee, memo);
            spec.commandLine().getOut().println("the accountant of " + journal + " was asked: " + file);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the request cannot be left: " + e, e);
        }
    }
}
