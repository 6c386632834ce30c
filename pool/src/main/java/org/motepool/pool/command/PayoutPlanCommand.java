package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.payer.FeeRates;
import org.motepool.payout.payer.PaymentPlanner;
import org.motepool.payout.payer.PaymentPlanner.Decision;
import org.motepool.payout.payer.Reasons;
import org.motepool.payout.preference.PreferenceTerms;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.PayerOpener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells whom a run would pay, by the journal and the fees of now; pays nobody. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Tells who would be paid now, who not, and why. Pays nobody, whether payments are on or off.")
final class PayoutPlanCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--dry-run", description = "Says that nothing is to be paid; so it is with this command always.")
    boolean dryRun;

    @Option(
            names = "--fee-rate",
            paramLabel = "RATE",
            description = "Reckon with so many satoshis a virtual byte instead of asking the node.")
    private @Nullable String feeRate;

    @Option(names = "--json", description = "Print one JSON object; amounts are decimal strings.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        LogLevel.onlyWarnings();
        PoolConfig config = options.read();
        Path journal = FileJournal.directoryIn(config.data());
        if (!Files.isDirectory(journal)) {
            throw new Failure(Failure.FAILED, "there is no journal in " + config.data() + ": name it with --data");
        }
        FeeRate rate = rate(config);
        try {
            PaymentPlanner planner = new PaymentPlanner(new PaymentPlanner.Rules(
                    config.network(), config.minimumPayout(), rate, PayerOpener.mostOverLightning(config)));
            List<Decision> decisions = planner.decide(
                    PaymentPlanner.candidates(LedgerProof.of(journal).books(), new PreferenceTerms(PoolClock.SYSTEM)));
            print(decisions, rate);
            return 0;
        } catch (JournalException e) {
            throw new Failure(Failure.BAD_RECORD, String.valueOf(e.getMessage()), e);
        }
    }

    private FeeRate rate(PoolConfig config) throws Failure {
        if (feeRate != null) {
            try {
                return FeeRate.parse(feeRate);
            } catch (IllegalArgumentException e) {
                throw new Failure(Failure.WRONG_USAGE, "--fee-rate: " + e.getMessage(), e);
            }
        }
        if (config.network().isBuiltIn()) {
            throw new Failure(
                    Failure.WRONG_USAGE, "the built-in chain has no fees to ask for: give --fee-rate, as --fee-rate 1");
        }
        try (Wallet wallet = PayerOpener.wallet(config)) {
            return FeeRates.now(wallet, config.payments().chain());
        } catch (ChainException e) {
            throw new Failure(Failure.FAILED, e.getMessage() + "; or give --fee-rate", e);
        }
    }

    private void print(List<Decision> decisions, FeeRate rate) {
        PrintWriter out = spec.commandLine().getOut();
        List<Decision> paid = decisions.stream().filter(Decision::isPaid).toList();
        long sum = paid.stream().mapToLong(Decision::satoshis).reduce(0, Math::addExact);
        if (json) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("fee_rate", rate.toString());
            result.put("accounts", paid.size());
            result.put("satoshis", Long.toString(sum));
            result.put("transactions", PaymentPlanner.batches(decisions).size());
            ArrayNode lines = result.putArray("lines");
            decisions.forEach(each -> lines.addObject()
                    .put("address", each.candidate().address())
                    .put("verdict", each.verdict().name().toLowerCase(Locale.ROOT))
                    .put("satoshis", Long.toString(each.satoshis()))
                    .put("donated", Long.toString(each.donated()))
                    .put("available", each.candidate().available().toString())
                    .put("threshold", Long.toString(each.threshold()))
                    .put("reason", Reasons.of(each)));
            out.println(result);
        } else {
            decisions.forEach(each ->
                    out.printf("%-64s %16d  %s%n", each.candidate().address(), each.satoshis(), Reasons.of(each)));
            out.println(paid.size() + " of " + decisions.size() + " accounts would be paid " + sum + " satoshis in "
                    + PaymentPlanner.batches(decisions).size() + " transactions, fees at " + rate
                    + " satoshis a vbyte, borne in equal parts. Nothing was paid.");
        }
        out.flush();
    }
}
