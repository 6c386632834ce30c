package org.motepool.pool.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.wallet.NodeWallet;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutService.Payers;
import org.motepool.payout.lightning.ClnRest;
import org.motepool.payout.lightning.InvoiceDesk;
import org.motepool.payout.lightning.LightningException;
import org.motepool.payout.lightning.LightningPayer;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.FeeRates;
import org.motepool.payout.payer.OnChainPayer;
import org.motepool.payout.payer.Payer;
import org.motepool.payout.payer.PayerLoop;
import org.motepool.payout.payer.PaymentBooks;
import org.motepool.payout.payer.PaymentRun;
import org.motepool.payout.payer.PayoutTerms;
import org.motepool.pool.Failure;
import org.motepool.pool.config.Payments;
import org.motepool.pool.config.PoolConfig;

/** Opens the wallet and the payers that the settings name. */
public final class PayerOpener {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration POLL_FAST = Duration.ofSeconds(1);

    private PayerOpener() {}

    /** The wallet that payments are made from. */
    public static Wallet wallet(PoolConfig config) {
        Payments payments = config.payments();
        String url = payments.node()
                .orElseGet(() -> config.nodes().urls().getFirst())
                .toString();
        return NodeWallet.of(NodeSettings.of(url, config.nodes().cookieFile(), Optional.empty()), payments.wallet());
    }

    /** Empty where the settings have no payments. */
    static Optional<Payers> open(Ground ground, PayoutTerms terms) throws Failure, LightningException {
        PoolConfig config = ground.config();
        if (!config.payments().on()) {
            return Optional.empty();
        }
        Wallet wallet = ground.add("wallet", wallet(config));
        Optional<ClnRest> lightning = Optional.empty();
        if (config.payments().lightning().isPresent()) {
            Payments.Lightning node = config.payments().lightning().get();
            lightning =
                    Optional.of(ground.add("Lightning node", ClnRest.of(node.url(), node.rune(), node.certificate())));
        }
        Parts parts = new Parts(config, ground.chain(), wallet, lightning, terms, ground.clock());
        return Optional.of(new Payers(wallet, parts::start));
    }

    /** What payers are made of. */
    private record Parts(
            PoolConfig config,
            Chain chain,
            Wallet wallet,
            Optional<ClnRest> lightning,
            PayoutTerms terms,
            PoolClock clock) {
        PayerLoop start(PaymentBooks books) {
            ChainTerms onChain = config.payments().chain();
            List<Payer> payers = new ArrayList<>();
            payers.add(new OnChainPayer(chain, wallet, onChain, books, clock));
            lightning.ifPresent(node -> payers.add(lightning(node, books)));
            PaymentRun run = new PaymentRun(
                    config.network(),
                    config.minimumPayout(),
                    mostOverLightning(config),
                    () -> FeeRates.now(wallet, onChain),
                    terms,
                    books,
                    clock);
            boolean fast = config.network() == Network.REGTEST || config.network() == Network.LTC_REGTEST;
            PayerLoop.Plan plan = new PayerLoop.Plan(run, config.payments().schedule(), fast ? POLL_FAST : POLL);
            return PayerLoop.start(payers, plan, books, clock);
        }

        private LightningPayer lightning(ClnRest node, PaymentBooks books) {
            return new LightningPayer(
                    node,
                    new InvoiceDesk(node, config.network(), clock),
                    config.payments().lightning().orElseThrow().terms(),
                    terms,
                    books,
                    clock);
        }
    }

    /** Satoshis of one payment; 0 where there is none. */
    public static long mostOverLightning(PoolConfig config) {
        return config.payments().lightning().map(node -> node.terms().most()).orElse(0L);
    }
}
