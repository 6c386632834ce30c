package org.motepool.payout.payer;

import java.util.ArrayList;
import java.util.List;
import org.motepool.payout.payer.PaymentPlanner.Decision;
import org.motepool.payout.payer.PaymentPlanner.Verdict;

/** Says why an account is paid or not, for an operator to read. Stateless. */
public final class Reasons {
    private Reasons() {}

    public static String of(Decision decision) {
        List<String> parts = new ArrayList<>();
        parts.add(verdict(decision));
        PayoutTerms.Choice choice = decision.candidate().choice();
        choice.threshold().ifPresent(threshold -> parts.add(threshold(threshold, decision)));
        if (choice.donated() > 0) {
            parts.add("%d.%02d%% left to the pool, as its owner wishes: %d"
                    .formatted(choice.donated() / 100, choice.donated() % 100, decision.donated()));
        }
        choice.lightning()
                .filter(wished -> decision.verdict() == Verdict.ON_CHAIN)
                .ifPresent(wished ->
                        parts.add("not over Lightning as its owner wishes: more than this pool pays so at once"));
        return String.join("; ", parts);
    }

    private static String threshold(long set, Decision decision) {
        String text = "threshold " + set + " sat set by its owner";
        return decision.threshold() > set
                ? text + ", raised to " + decision.threshold() + ": less is too little for the chain or this pool"
                : text;
    }

    private static String verdict(Decision decision) {
        return switch (decision.verdict()) {
            case ON_CHAIN -> "paid on the chain";
            case LIGHTNING -> "paid over Lightning";
            case BELOW_THRESHOLD ->
                "not yet: "
                        + (decision.threshold()
                                - decision.candidate().available().satoshis()) + " short of its threshold "
                        + decision.threshold();
            case NO_ADDRESS -> "not: no output of this chain can pay its address";
        };
    }
}
