package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.account.AccountId;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.address.ScriptType;
import org.motepool.core.money.Money;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;

/** Decides who is paid and why others are not: a pure function of balances, fee rate and terms. */
public final class PaymentPlanner {
    private final Rules rules;

    public PaymentPlanner(Rules rules) {
        this.rules = rules;
    }

    /**
     * @param minimum in satoshis, that holds on the chain for all
     * @param rate what the chain asks for now
     * @param lightning most satoshis of one payment over Lightning, 0 where there is no payer for it
     */
    public record Rules(Network network, long minimum, FeeRate rate, long lightning) {}

    /** What there is to decide on. */
    public record Candidate(int account, String address, Money available, PayoutTerms.Choice choice) {}

    /** How an account fares. */
    public enum Verdict {
        /** Paid on the chain. */
        ON_CHAIN,
        /** Paid over Lightning. */
        LIGHTNING,
        /** It has less than its threshold. */
        BELOW_THRESHOLD,
        /** Its address cannot be paid on this chain. */
        NO_ADDRESS
    }

    /**
     * @param satoshis that it would get, network fee included
     * @param donated satoshis that it would leave to the pool besides
     * @param threshold that what is available to it has to reach, 0 where none applies
     */
    public record Decision(Candidate candidate, Verdict verdict, long satoshis, long donated, long threshold) {
        PayoutLine line() {
            return new PayoutLine(candidate.account, Money.ofSatoshis(satoshis + donated), Money.ofSatoshis(donated));
        }

        public boolean isPaid() {
            return verdict == Verdict.ON_CHAIN || verdict == Verdict.LIGHTNING;
        }
    }

    /** Accounts with a whole satoshi to their name, in order of their ids. On the accountant's thread. */
    public static List<Candidate> candidates(Books books, PayoutTerms terms) {
        List<Candidate> candidates = new ArrayList<>();
        for (int account = 0; account < books.accounts().size(); account++) {
            Money available = books.ledger().balance(new Miner(account, Part.AVAILABLE));
            if (available.satoshis() > 0) {
                candidates.add(
                        new Candidate(account, books.accounts().address(account), available, terms.of(books, account)));
            }
        }
        candidates.sort(Comparator.comparing(each -> AccountId.ofCanonicalAddress(each.address)));
        return candidates;
    }

    /** One decision for each candidate, in their order. */
    public List<Decision> decide(List<Candidate> candidates) {
        return candidates.stream().map(this::decide).toList();
    }

    private Decision decide(Candidate candidate) {
        long available = candidate.available.satoshis();
        long sent = available - candidate.choice.donation(available);
        if (candidate.choice.lightning().isPresent() && sent <= rules.lightning) {
            // A payment over Lightning costs next to nothing: whoever asked for it gets every satoshi.
            return decided(
                    candidate, Verdict.LIGHTNING, candidate.choice.threshold().orElse(1));
        }
        Optional<ScriptType> type = type(candidate.address);
        return type.isEmpty()
                ? new Decision(candidate, Verdict.NO_ADDRESS, sent, available - sent, 0)
                : decided(candidate, Verdict.ON_CHAIN, threshold(candidate.choice, type.get()));
    }

    private static Decision decided(Candidate candidate, Verdict paid, long threshold) {
        long available = candidate.available.satoshis();
        long donated = candidate.choice.donation(available);
        return new Decision(
                candidate,
                available >= threshold ? paid : Verdict.BELOW_THRESHOLD,
                available - donated,
                donated,
                threshold);
    }

    /** The owner's, or more where what is left of it after the donation would be too little for the chain. */
    private long threshold(PayoutTerms.Choice choice, ScriptType type) {
        long least = Math.max(rules.minimum, OutputCost.floor(type, rules.network, rules.rate));
        return Math.max(choice.threshold().orElse(0), Donation.leastFor(Math.max(1, least), choice.donated()));
    }

    private Optional<ScriptType> type(String address) {
        try {
            return Optional.of(PayoutAddress.parse(address, rules.network).type());
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** What is paid over Lightning, one payment each. */
    public static List<PayoutLine> overLightning(List<Decision> decisions) {
        return decisions.stream()
                .filter(each -> each.verdict == Verdict.LIGHTNING)
                .map(Decision::line)
                .toList();
    }

    /** What is paid on the chain, in transactions of at most {@value Wallet#PAYEES_MAX} payees. */
    public static List<List<PayoutLine>> batches(List<Decision> decisions) {
        List<PayoutLine> lines = decisions.stream()
                .filter(each -> each.verdict == Verdict.ON_CHAIN)
                .map(Decision::line)
                .toList();
        List<List<PayoutLine>> batches = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += Wallet.PAYEES_MAX) {
            batches.add(lines.subList(from, Math.min(lines.size(), from + Wallet.PAYEES_MAX)));
        }
        return batches;
    }
}
