package org.motepool.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.core.address.Network;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

class ChainParametersTest {
    @ParameterizedTest
    @EnumSource(Network.class)
    void everyNetworkOfNodesHasItsOwn(Network network) {
        if (network.isBuiltIn()) {
            assertThatThrownBy(() -> ChainParameters.of(network)).hasMessageContaining(network.id());
            return;
        }
        ChainParameters parameters = ChainParameters.of(network);
        assertThat(parameters.network()).isEqualTo(network);
        assertThat(parameters.powShift()).isEqualTo(PowShift.NONE);
        assertThat(parameters.coinbaseMaturity()).isEqualTo(100);
        assertThat(parameters.templateRules()).contains("segwit");
    }

    @Test
    void litecoinProvesWorkByScryptAndAsksForMweb() {
        for (Network network : new Network[] {Network.LTC_MAIN, Network.LTC_TEST, Network.LTC_REGTEST}) {
            ChainParameters parameters = ChainParameters.of(network);
            assertThat(parameters.proofOfWork()).isEqualTo(ProofOfWork.SCRYPT);
            assertThat(parameters.templateRules()).containsExactly("segwit", "mweb");
            assertThat(parameters.blockTime()).isEqualTo(Duration.ofSeconds(150));
        }
        assertThat(ChainParameters.of(Network.MAIN).proofOfWork()).isEqualTo(ProofOfWork.SHA256D);
    }
}
