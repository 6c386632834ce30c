package org.motepool.chain;

import java.time.Duration;
import java.util.List;
import org.motepool.core.address.Network;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

/**
 * What differs from chain to chain.
 *
 * @param powShift none on real chains
 * @param coinbaseMaturity confirmations after which a coinbase may be spent
 * @param templateRules what getblocktemplate is asked with
 * @param blockTime aimed at by the chain
 */
public record ChainParameters(
        Network network, PowShift powShift, int coinbaseMaturity, List<String> templateRules, Duration blockTime) {
    private static final int COINBASE_MATURITY = 100;
    private static final Duration BITCOIN_BLOCK_TIME = Duration.ofMinutes(10);
    private static final Duration LITECOIN_BLOCK_TIME = Duration.ofSeconds(150);

    public ChainParameters {
        templateRules = List.copyOf(templateRules);
    }

    /** How blocks and shares prove work. */
    public ProofOfWork proofOfWork() {
        return network.proofOfWork();
    }

    /** The parameters of a real network; the devnet makes its own. */
    public static ChainParameters of(Network network) {
        return switch (network) {
            case MAIN, TESTNET4, REGTEST -> of(network, List.of("segwit"), BITCOIN_BLOCK_TIME);
            case SIGNET -> of(network, List.of("segwit", "signet"), BITCOIN_BLOCK_TIME);
            // The node gives no template to a pool that does not name MWEB, whether it is active or not.
            case LTC_MAIN, LTC_TEST, LTC_REGTEST -> of(network, List.of("segwit", "mweb"), LITECOIN_BLOCK_TIME);
            case DEVNET, BENCH -> throw new IllegalArgumentException(network.id() + " makes its own parameters");
        };
    }

    private static ChainParameters of(Network network, List<String> rules, Duration blockTime) {
        return new ChainParameters(network, PowShift.NONE, COINBASE_MATURITY, rules, blockTime);
    }
}
