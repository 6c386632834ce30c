package org.motepool.payout.block;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.RawTransaction.Output;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PlanTrees;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.journal.LogRange;
import org.motepool.payout.scheme.Fee;
import org.motepool.payout.scheme.Pplns;
import org.motepool.payout.scheme.RewardScheme;
import org.motepool.payout.scheme.Solo;
import org.motepool.payout.scheme.Split;
import org.motepool.payout.scheme.Weights;

/**
 * Makes the journal record that registers a found block. The reward is what the coinbase pays to the pool's script,
 * the present one or one that the journal names. A
 * block that is off the chain is planned all the same, by the same slices, so that it can be credited should the chain
 * turn to it.
 */
public final class BlockPlanner {
    private final Network network;
    private final Bytes payeeScript;
    private final int windowBlocks;

    /** @param payeeScript output script of the pool's coinbases */
    public BlockPlanner(Network network, Bytes payeeScript, int windowBlocks) {
        this.network = network;
        this.payeeScript = payeeScript;
        this.windowBlocks = windowBlocks;
    }

    /**
     * @param books after every slice before the block, the finder's account open
     * @param finder account index
     */
    public BlockRegistered register(WorkEntry entry, BlockVerdict verdict, Books books, int finder, long at) {
        BlockFound found = entry.block().orElseThrow();
        Hash256 hash = found.header().hash();
        if (books.blocks().find(hash).isPresent()) {
            return record(entry, finder, at, Standing.REFUSED, "reported before", Planned.NONE);
        }
        try {
            return switch (verdict) {
                case BlockVerdict.OnChain on -> {
                    Planned plan = plan(found, on.block().coinbase(), books, finder);
                    yield record(entry, finder, at, Standing.IMMATURE, "", plan);
                }
                case BlockVerdict.OffChain off -> {
                    Bytes coinbase = off.block().map(block -> block.coinbase()).orElse(found.coinbase());
                    Planned plan = plan(found, coinbase, books, finder);
                    yield record(entry, finder, at, Standing.ORPHANED, off.reason(), plan);
                }
            };
        } catch (MalformedBytesException | AddressException e) {
            String reason = "cannot be planned: " + e.getMessage();
            return record(entry, finder, at, Standing.REFUSED, reason, Planned.NONE);
        }
    }

    private static BlockRegistered record(
            WorkEntry entry, int finder, long at, Standing standing, String reason, Planned planned) {
        BlockFound found = entry.block().orElseThrow();
        return new BlockRegistered(
                Optional.of(new LogRange(entry.source(), entry.from(), entry.to())),
                found.header().hash(),
                found.height(),
                found.header().nbits(),
                found.scheme(),
                finder,
                found.worker(),
                at,
                standing,
                reason,
                planned.plan,
                planned.finderPaid);
    }

    /** @param finderPaid by the coinbase itself */
    private record Planned(Optional<BlockPlan> plan, Money finderPaid) {
        static final Planned NONE = new Planned(Optional.empty(), Money.ZERO);
    }

    private Planned plan(BlockFound found, Bytes coinbase, Books books, int finder)
            throws MalformedBytesException, AddressException {
        List<Output> outputs = RawTransaction.parse(coinbase).outputs();
        Money gross = paidTo(outputs, script -> script.equals(payeeScript) || books.isPayee(script));
        if (found.scheme() == Scheme.SOLO) {
            Bytes finderScript = PayoutAddress.parse(found.finder(), network).script();
            boolean own = finderScript.equals(payeeScript) || books.isPayee(finderScript);
            // An operator who mines alone to the pool's own address has what came to the pool, and is owed nothing.
            Money toFinder = own ? Money.ZERO : paidTo(outputs, finderScript::equals);
            if (!toFinder.isZero() || own && !gross.isZero()) {
                // The chain has paid the finder; what came to the pool is its fee.
                return new Planned(
                        Optional.of(rooted(feeAlone(gross, found.feeBasisPoints()), hash(found), books)), toFinder);
            }
        }
        if (gross.isZero()) {
            throw new MalformedBytesException(
                    "its coinbase pays nothing to a script of the pool's, now or before; now it is "
                            + payeeScript.toHex());
        }
        Money fee = Fee.of(gross, found.feeBasisPoints());
        Weights weights = scheme(found.scheme()).weights(books.newestFirst(), finder);
        BlockPlan plan = new BlockPlan(
                gross,
                found.feeBasisPoints(),
                fee,
                windowBlocks,
                weights.firstSlice(),
                weights.lastSlice(),
                weights.total(),
                credits(gross.minus(fee), weights, books.accounts()),
                BlockPlan.NO_ROOT);
        return new Planned(Optional.of(rooted(plan, hash(found), books)), Money.ZERO);
    }

    private static Hash256 hash(BlockFound found) {
        return found.header().hash();
    }

    private BlockPlan feeAlone(Money gross, int feeBasisPoints) {
        return new BlockPlan(
                gross, feeBasisPoints, gross, windowBlocks, 0, 0, BigInteger.ZERO, List.of(), BlockPlan.NO_ROOT);
    }

    private static BlockPlan rooted(BlockPlan plan, Hash256 block, Books books) {
        return plan.withRoot(
                PlanTrees.of(block.internal(), plan, books.accounts()).root());
    }

    private RewardScheme scheme(Scheme scheme) {
        return switch (scheme) {
            case PPLNS -> Pplns.ofBlocks(windowBlocks);
            case SOLO -> new Solo();
        };
    }

    private static Money paidTo(List<Output> outputs, Predicate<Bytes> payee) throws MalformedBytesException {
        Money sum = Money.ZERO;
        try {
            for (Output output : outputs) {
                sum = payee.test(output.script()) ? sum.plus(Money.ofSatoshis(output.value())) : sum;
            }
        } catch (ArithmeticException e) {
            throw new MalformedBytesException("an output of the coinbase: " + e.getMessage(), e);
        }
        return sum;
    }

    /** Shares {@code reward} by weights, in ascending order of account id. */
    public static List<PlannedCredit> credits(Money reward, Weights weights, Accounts accounts) {
        List<Integer> order = weights.byAccount().keySet().stream()
                .sorted(Comparator.comparing(accounts::id))
                .toList();
        List<BigInteger> parts = Split.split(
                reward.toFractions(),
                order.stream().map(weights.byAccount()::get).toList());
        List<PlannedCredit> credits = new ArrayList<>(order.size());
        for (int i = 0; i < order.size(); i++) {
            int account = order.get(i);
            BigInteger weight = weights.byAccount().getOrDefault(account, BigInteger.ZERO);
            credits.add(new PlannedCredit(account, weight, Money.ofFractions(parts.get(i))));
        }
        return credits;
    }
}
