package org.motepool.payout.accountant;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.statement.PlanHead;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.KnownBlock;
import org.motepool.payout.books.PlanTrees;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.store.Statements.Kind;
import org.motepool.store.Statements.Line;

/** From plans to lines of statements, each with its way to the plan's root. Stateless but for the journal's name. */
final class StatementLines {
    private final String journal;
    private final Accounts accounts;

    StatementLines(Bytes journal, Accounts accounts) {
        this.journal = journal.toHex();
        this.accounts = accounts;
    }

    /** @param registered as journaled, with its plan */
    List<Line> of(KnownBlock block, BlockRegistered registered) {
        if (registered.plan().isEmpty()) {
            return List.of();
        }
        BlockPlan plan = registered.plan().get();
        Common common = new Common(
                Kind.BLOCK,
                registered.hash().toDisplayHex(),
                registered.height(),
                BlockDesk.shown(block.standing()).name(),
                registered.at());
        List<Line> lines = lines(common, registered.hash().internal(), plan);
        if (!registered.finderPaid().isZero() && registered.finder() != BlockRegistered.NO_FINDER) {
            lines.add(coinbase(common, registered, plan));
        }
        return lines;
    }

    List<Line> of(PotShared shared) {
        Common common = new Common(Kind.POT, Long.toString(shared.day()), 0, "MATURE", shared.at());
        return lines(common, PlanHead.potSubject(shared.day()), shared.plan());
    }

    private List<Line> lines(Common common, Bytes subject, BlockPlan plan) {
        if (plan.root().equals(BlockPlan.NO_ROOT) || plan.credits().isEmpty()) {
            return new ArrayList<>();
        }
        List<List<Bytes>> paths = PlanTrees.of(subject, plan, accounts).creditPaths();
        List<Line> lines = new ArrayList<>(plan.credits().size() + 1);
        BigInteger before = BigInteger.ZERO;
        for (int i = 0; i < plan.credits().size(); i++) {
            PlannedCredit credit = plan.credits().get(i);
            lines.add(new Line(
                    accounts.id(credit.account()),
                    common.kind,
                    common.subject,
                    common.height,
                    common.standing,
                    plan.gross(),
                    plan.fee(),
                    credit.amount(),
                    before.toString(),
                    credit.weight().toString(),
                    plan.totalWeight().toString(),
                    plan.firstSlice(),
                    plan.lastSlice(),
                    plan.credits().size(),
                    i,
                    journal,
                    plan.root().toHex(),
                    paths.get(i).stream().map(Bytes::toHex).toList(),
                    common.at));
            before = before.add(credit.weight());
        }
        return lines;
    }

    /** A SOLO block has paid its finder itself: a line, never owed, and proven by the block. */
    private Line coinbase(Common common, BlockRegistered registered, BlockPlan plan) {
        Money paid = registered.finderPaid();
        return new Line(
                accounts.id(registered.finder()),
                Kind.COINBASE,
                common.subject,
                common.height,
                common.standing,
                paid.plus(plan.gross()),
                plan.fee(),
                paid,
                "0",
                "0",
                "0",
                0,
                0,
                0,
                0,
                journal,
                plan.root().toHex(),
                List.of(),
                common.at);
    }

    /** What the lines of one plan share. */
    private record Common(Kind kind, String subject, int height, String standing, long at) {}
}
