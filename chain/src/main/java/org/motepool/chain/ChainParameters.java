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
        Network network,
        ProofOfWork proofOfWork,
        PowShift powShift,
        int coinbaseMaturity,
        List<String> templateRules,
        Duration blockTime) {
    public ChainParameters {
        templateRules = List.copyOf(templateRules);
    }

    /** The parameters of a real network; the devnet makes its own. */
    public static ChainParameters of(Network network) {
        List<String> rules = network == Network.SIGNET ? List.of("segwit", "signet") : List.of("segwit");
        return new ChainParameters(network, ProofOfWork.SHA256D, PowShift.NONE, 100, rules, Duration.ofMinutes(10));
    }
}
