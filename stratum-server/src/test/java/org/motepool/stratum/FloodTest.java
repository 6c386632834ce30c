package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.chain.ChainParameters;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.stratum.guard.StratumLimits;

/** A fast device on a level for slow ones, on a real socket. */
class FloodTest {
    private static final int SHARES = 5_000;

    @Test
    void aFloodIsReadToTwoHundredSharesBeforeTheRaiseIsWrittenAndThenToItsEnd() throws Exception {
        FakeShareLog log = new FakeShareLog();
        // The first 16 bits of a hash do not count: every nonce is a share of level 16.
        FakeChain chain = new FakeChain(easy()).withTemplate(ServerFixture.template());
        StratumParts parts = ServerFixture.parts(chain, log, PoolClock.SYSTEM);
        try (StratumServer server = StratumServer.start(
                        ServerFixture.settings(Optional.empty(), StratumLimits.DEFAULT),
                        parts,
                        ServerFixture.recordedWork());
                Miner miner = new Miner(server.port())) {
            miner.logIn("an unknown device");
            StringBuilder flood = new StringBuilder();
            for (int i = 0; i < SHARES; i++) {
                flood.append("{\"id\":5,\"method\":\"mining.submit\",\"params\":[\"")
                        .append(ServerFixture.USER)
                        .append("\",\"1f\",\"%08x\",\"66b2c3d4\",\"00000000\"]}\n".formatted(i));
            }
            Thread writer = Thread.ofVirtual().start(() -> send(miner, flood));
            int beforeRaise = -1;
            int answered = 0;
            while (answered < SHARES) {
                String line = miner.line();
                if (line.contains("mining.set_difficulty")) {
                    beforeRaise = beforeRaise < 0 ? answered : beforeRaise;
                } else if (!line.contains("mining.notify")) {
                    assertThat(line).isEqualTo("{\"id\":5,\"result\":true,\"error\":null}");
                    answered++;
                }
            }
            writer.join();
            System.out.println(beforeRaise + " shares of a flood were read before the raise");
            assertThat(beforeRaise).isBetween(1, 200);
            assertThat(server.snapshot().accepted()).as("work done is credited").isEqualTo(SHARES);
        }
    }

    private static ChainParameters easy() {
        ChainParameters usual = ChainParameters.of(Network.REGTEST);
        return new ChainParameters(
                usual.network(), new PowShift(16), usual.coinbaseMaturity(), usual.templateRules(), usual.blockTime());
    }

    private static void send(Miner miner, CharSequence text) {
        try {
            miner.send(text.toString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
