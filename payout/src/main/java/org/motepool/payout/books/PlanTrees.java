package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.statement.CreditLeaf;
import org.motepool.core.statement.PlanHead;
import org.motepool.core.statement.PlanTree;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;

/** From plans, which name accounts by index, to the tree that anyone can check. Stateless. */
public final class PlanTrees {
    private PlanTrees() {}

    /** @param subject of the plan, see {@link PlanHead} */
    public static PlanTree of(Bytes subject, BlockPlan plan, Accounts accounts) {
        return PlanTree.of(head(subject, plan), leaves(plan, accounts));
    }

    public static PlanHead head(Bytes subject, BlockPlan plan) {
        return new PlanHead(
                subject,
                plan.gross(),
                plan.fee(),
                plan.firstSlice(),
                plan.lastSlice(),
                plan.totalWeight(),
                plan.credits().size());
    }

    public static List<CreditLeaf> leaves(BlockPlan plan, Accounts accounts) {
        List<CreditLeaf> leaves = new ArrayList<>(plan.credits().size());
        BigInteger before = BigInteger.ZERO;
        for (PlannedCredit credit : plan.credits()) {
            leaves.add(new CreditLeaf(accounts.id(credit.account()), before, credit.weight(), credit.amount()));
            before = before.add(credit.weight());
        }
        return leaves;
    }

    /** Throws IllegalStateException when a plan's credits are not what its root says; one without a root is passed. */
    static void check(Bytes subject, BlockPlan plan, Accounts accounts) {
        if (!plan.root().equals(BlockPlan.NO_ROOT)
                && !of(subject, plan, accounts).root().equals(plan.root())) {
            throw new IllegalStateException("the credits of a plan do not have the root " + plan.root());
        }
    }
}
