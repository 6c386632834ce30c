package org.motepool.payout.block;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.RawTransaction.Output;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.payout.books.Accounts;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PlanTrees;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Standing;
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

    /**
     * The same for a block that is on the chain and that no log has told of: the coinbase says what it can.
     *
     * @param feeBasisPoints in force now
     */
    public BlockRegistered registerSeen(ChainBlock block, Books books, int feeBasisPoints, long at)
            throws MalformedBytesException {
        BlockHeader header = BlockHeader.parse(block.header());
        List<Output> outputs = RawTransaction.parse(block.coinbase()).outputs();
        Money gross = paidTo(outputs, script -> isPools(script, books));
        List<Output> toOthers = outputs.stream()
                .filter(output -> output.value() > 0 && !isPools(output.script(), books))
                .toList();
        boolean solo = !toOthers.isEmpty();
        Money finderPaid = solo ? paidTo(toOthers, script -> true) : Money.ZERO;
        int finder = solo ? accountOf(toOthers.getFirst().script(), books.accounts()) : BlockRegistered.NO_FINDER;
        BlockPlan plan;
        if (solo || !books.work().newestFirst().iterator().hasNext()) {
            // Without sealed work all would be the finder's, and who that was died with its process.
            plan = feeAlone(gross, feeBasisPoints);
        } else {
            plan = pplns(gross, feeBasisPoints, books, finder);
        }
        return new BlockRegistered(
                Optional.empty(),
                block.hash(),
                block.height(),
                header.nbits(),
                solo ? Scheme.SOLO : Scheme.PPLNS,
                finder,
                "",
                at,
                Standing.IMMATURE,
                "seen on the chain, its log never told of it",
                Optional.of(rooted(plan, block.hash(), books)),
                finderPaid);
    }

    private BlockPlan pplns(Money gross, int feeBasisPoints, Books books, int finder) {
        return plan(
                gross, feeBasisPoints, scheme(Scheme.PPLNS).weights(books.work().newestFirst(), finder), books);
    }

    private BlockPlan plan(Money gross, int feeBasisPoints, Weights weights, Books books) {
        Money fee = Fee.of(gross, feeBasisPoints);
        return new BlockPlan(
                gross,
                feeBasisPoints,
                fee,
                windowBlocks,
                weights.firstSlice(),
                weights.lastSlice(),
                weights.total(),
                credits(gross.minus(fee), weights, books.accounts()),
                BlockPlan.NO_ROOT);
    }

    private boolean isPools(Bytes script, Books books) {
        return script.equals(payeeScript) || books.isPayee(script);
    }

    private int accountOf(Bytes script, Accounts accounts) {
        for (int index = 0; index < accounts.size(); index++) {
            if (pays(accounts.address(index), script)) {
                return index;
            }
        }
        return BlockRegistered.NO_FINDER;
    }

    private boolean pays(String address, Bytes script) {
        try {
            return PayoutAddress.parse(address, network).script().equals(script);
        } catch (AddressException e) {
            // An account of a network that this pool no longer takes: not the one that was paid now.
            return false;
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
        Money gross = paidTo(outputs, script -> isPools(script, books));
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
        Weights weights = scheme(found.scheme()).weights(books.work().newestFirst(), finder);
        BlockPlan plan = plan(gross, found.feeBasisPoints(), weights, books);
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
