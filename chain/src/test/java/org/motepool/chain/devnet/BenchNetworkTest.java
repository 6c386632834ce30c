package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.address.Network;
import org.motepool.core.work.Level;
import org.motepool.core.work.PowShift;

class BenchNetworkTest {
    private static final BigInteger SEVENTY_SIX_BITS = BigInteger.ONE.shiftLeft(76);

    @Test
    void threeThousandTransactionsMakeABranchOfTwelve() {
        try (DevnetFixture bench = new DevnetFixture(DevnetSettings.bench(3_000))) {
            BlockTemplate template = bench.template();
            assertThat(template.branch()).hasSize(12);
            assertThat(bench.chain.parameters().network()).isEqualTo(Network.BENCH);
        }
    }

    @Test
    void everyHashIsOfTheLowestLevelAndNoneIsABlockHoweverLongItLasts() {
        try (DevnetFixture bench = new DevnetFixture(DevnetSettings.bench(3))) {
            byte[] worst = new byte[32];
            Arrays.fill(worst, (byte) 0xff);
            PowShift shift = bench.chain.parameters().powShift();
            assertThat(Level.MIN.target().accepts(worst, 0, shift)).isTrue();
            assertThat(bench.template().nbits().target().toNumber()).isLessThan(SEVENTY_SIX_BITS);
            bench.clock.advance(Duration.ofDays(365));
            BlockTemplate late = new TemplateMaker(
                            DevnetSettings.bench(3),
                            new Retarget(DevnetSettings.BLOCK_TIME_MAX, shift),
                            new SyntheticMempool(DevnetSettings.bench(3)))
                    .make(
                            Genesis.make(
                                    DevnetFixture.START_SECONDS,
                                    bench.template().nbits()),
                            0,
                            bench.clock.epochSeconds());
            assertThat(late.nbits().target().toNumber()).isLessThan(SEVENTY_SIX_BITS);
        }
    }

    @Test
    void noRealNetworkIsBuiltIn() {
        assertThatThrownBy(() -> new DevnetSettings(
                        Network.MAIN,
                        PowShift.NONE,
                        Duration.ofSeconds(5),
                        BigInteger.ONE,
                        6,
                        20,
                        210_000,
                        1,
                        Optional.empty()))
                .hasMessageContaining("main");
    }
}
