package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.payer.ChainPayment;
import org.motepool.payout.payer.PaymentHistory;
import org.motepool.payout.payer.PaymentHistory.Payment;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all that the journal says of one payment. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one payment: whom it pays, each step, what was sent; also beside a running pool.")
final class PayoutShowCommand implements Callable<Integer> {
    @Mixin
    private final LedgerOptions options = new LedgerOptions();

    @Parameters(paramLabel = "ID", description = "Number of the payment, as mote payout list shows it.")
    private long number;

    @Option(names = "--json", description = "Print one JSON object; amounts are decimal strings.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        try {
            Payment payment = PaymentHistory.read(options.journal(), Integer.MAX_VALUE)
                    .find(number)
                    .orElseThrow(() -> new Failure(
                            Failure.FAILED, "there is no payment " + number + "; mote payout list shows them"));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(json(payment));
            } else {
                print(payment, out);
            }
            out.flush();
            return 0;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static long charge(Payment payment, int line) {
        List<Money> charges = payment.charges();
        return charges.isEmpty() ? 0 : charges.get(line).satoshis();
    }

    private static void print(Payment payment, PrintWriter out) {
        out.println("payment " + payment.planned().number() + ", "
                + lower(payment.planned().rail()) + ", " + lower(payment.state()));
        out.println("  " + payment.sum().satoshis() + " satoshis of "
                + payment.planned().lines().size() + " accounts, of that "
                + payment.networkFee().satoshis() + " to the network"
                + (payment.donated().isZero() ? "" : "; " + payment.donated().satoshis() + " more are left to the pool")
                + (payment.reference().isEmpty() ? "" : "; " + payment.reference()));
        out.println("  " + Instant.ofEpochMilli(payment.planned().at()) + "  planned");
        for (PayoutMoved move : payment.moves()) {
            Optional<ChainPayment> transaction = payment.transaction(move);
            String more = transaction
                    .map(sent -> " at " + sent.rate() + " satoshis a vbyte, from " + sent.places()
                            + (sent.isSigned() ? ", transaction " + sent.id().toDisplayHex() : ""))
                    .orElse("");
            out.println("  " + Instant.ofEpochMilli(move.at()) + "  " + lower(move.to()) + more);
        }
        for (int i = 0; i < payment.addresses().size(); i++) {
            PayoutLine line = payment.planned().lines().get(i);
            out.printf(
                    "  %-64s gets %16d, fee %d%s%n",
                    payment.addresses().get(i),
                    line.sent().satoshis() - charge(payment, i),
                    charge(payment, i),
                    line.donated().isZero() ? "" : ", leaves " + line.donated().satoshis());
        }
    }

    private static ObjectNode json(Payment payment) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("number", payment.planned().number());
        out.put("rail", lower(payment.planned().rail()));
        out.put("state", lower(payment.state()));
        out.put("satoshis", Long.toString(payment.sum().satoshis()));
        out.put("network_fee", Long.toString(payment.networkFee().satoshis()));
        out.put("reference", payment.reference());
        ArrayNode lines = out.putArray("lines");
        for (int i = 0; i < payment.addresses().size(); i++) {
            PayoutLine line = payment.planned().lines().get(i);
            lines.addObject()
                    .put("address", payment.addresses().get(i))
                    .put("satoshis", Long.toString(line.sent().satoshis()))
                    .put("donated", Long.toString(line.donated().satoshis()))
                    .put("fee", Long.toString(charge(payment, i)));
        }
        ArrayNode steps = out.putArray("steps");
        steps.addObject()
                .put("state", "planned")
                .put("at", Instant.ofEpochMilli(payment.planned().at()).toString());
        for (PayoutMoved move : payment.moves()) {
            ObjectNode step = steps.addObject()
                    .put("state", lower(move.to()))
                    .put("at", Instant.ofEpochMilli(move.at()).toString());
            payment.transaction(move).ifPresent(sent -> {
                step.put("fee_rate", sent.rate().toString());
                sent.places().forEach(place -> step.withArray("inputs").add(place.toString()));
                step.put("transaction", sent.isSigned() ? sent.id().toDisplayHex() : "");
                step.put("raw", sent.transaction().toHex());
            });
        }
        return out;
    }
}
