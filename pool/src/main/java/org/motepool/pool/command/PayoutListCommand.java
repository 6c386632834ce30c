package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.payer.PaymentHistory;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists payments as the journal has them, the newest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists payments as the journal has them, the newest first; also beside a running pool.")
final class PayoutListCommand implements Callable<Integer> {
    private static final int SHOWN_MAX = 100_000;

    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "So many (default: ${DEFAULT-VALUE}).")
    private int last = 50;

    @Option(names = "--json", description = "Print one JSON array; amounts are decimal strings.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        PrintWriter out = spec.commandLine().getOut();
        try {
            PaymentHistory history = PaymentHistory.read(options.journal(), Math.clamp(last, 1, SHOWN_MAX));
            if (json) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                history.newestFirst()
                        .forEach(payment -> array.addObject()
                                .put("number", payment.planned().number())
                                .put("rail", payment.planned().rail().name().toLowerCase(Locale.ROOT))
                                .put("state", payment.state().name().toLowerCase(Locale.ROOT))
                                .put("accounts", payment.planned().lines().size())
                                .put("satoshis", Long.toString(payment.sum().satoshis()))
                                .put(
                                        "network_fee",
                                        Long.toString(payment.networkFee().satoshis()))
                                .put(
                                        "planned",
                                        Instant.ofEpochMilli(payment.planned().at())
                                                .toString())
                                .put("reference", payment.reference()));
                out.println(array);
            } else {
                history.newestFirst()
                        .forEach(payment -> out.printf(
                                "%6d  %s  %-9s  %-9s  %5d accounts  %16d satoshis, fee %d  %s%n",
                                payment.planned().number(),
                                Instant.ofEpochMilli(payment.planned().at()),
                                payment.planned().rail().name().toLowerCase(Locale.ROOT),
                                payment.state().name().toLowerCase(Locale.ROOT),
                                payment.planned().lines().size(),
                                payment.sum().satoshis(),
                                payment.networkFee().satoshis(),
                                payment.reference()));
                if (history.newestFirst().isEmpty()) {
                    out.println("There was no payment yet.");
                }
            }
            out.flush();
            return 0;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
    }
}
