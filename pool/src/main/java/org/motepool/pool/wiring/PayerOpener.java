package org.motepool.pool.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.node.NodeSettings;
import org.motepool.chain.wallet.NodeWallet;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutService.Payers;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.FeeRates;
import org.motepool.payout.payer.OnChainPayer;
import org.motepool.payout.payer.PayerLoop;
import org.motepool.payout.payer.PaymentRun;
import org.motepool.payout.payer.PayoutTerms;
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
    static Optional<Payers> open(PoolConfig config, Chain chain, PayoutTerms terms, PoolClock clock, Closer closer) {
        if (!config.payments().on()) {
            return Optional.empty();
        }
        Wallet wallet = closer.add("wallet", wallet(config));
        ChainTerms onChain = config.payments().chain();
        boolean fast = config.network() == Network.REGTEST || config.network() == Network.LTC_REGTEST;
        return Optional.of(new Payers(
                wallet,
                books -> PayerLoop.start(
                        List.of(new OnChainPayer(chain, wallet, onChain, books, clock)),
                        new PayerLoop.Plan(
                                new PaymentRun(
                                        config.network(),
                                        config.minimumPayout(),
                                        () -> FeeRates.now(wallet, onChain),
                                        terms,
                                        books,
                                        clock),
                                config.payments().schedule(),
                                fast ? POLL_FAST : POLL),
                        books,
                        clock)));
    }
}
