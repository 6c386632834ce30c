package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.store.redis.TestRedis;

/** A stratum node whose cable to Redis and to the chain is cut goes on mining, and catches up when it is mended. */
@Tag("soak")
class CutNetworkTest {
    private static final int SECONDS_MAX = Roles.SECONDS_MAX;
    private static final int TWINS = 60;
    private static final int SHARES_MEANWHILE = 300;
    private static final String ACCOUNT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "34", "MOTE_DEVNET_BLOCK_SECONDS", "2");

    @TempDir
    private Path directory;

    @Test
    void aNodeThatIsCutOffMinesOnAndCatchesUp() throws Exception {
        assumeTrue(Namespace.isPossible(), "needs root, and ip of iproute2");
        try (Namespace apart = new Namespace();
                TestRedis redis = TestRedis.start("--bind", "127.0.0.1", apart.behind(), "--protected-mode", "no");
                Roles roles =
                        new Roles(directory, "redis://" + apart.behind() + ":" + redis.port(), EASY, apart.behind())) {
            PoolChild payout = roles.payout();
            try (NodeUnderLoad node = new NodeUnderLoad(roles, "apart", ACCOUNT, apart.prefix(), apart.address())) {
                payout.port();
                node.awaitUp();
                node.load(TWINS, 5);
                roles.awaitJournaled(50);

                apart.cut();
                long cutAt = System.nanoTime();
                long before = node.twins().accepted();
                KillTest.await(
                        SECONDS_MAX,
                        () -> node.twins().accepted() >= before + SHARES_MEANWHILE,
                        "devices are answered while the node is cut off");
                long meanwhile = node.twins().accepted() - before;
                long cutMillis = millisSince(cutAt);
                long journaled = roles.journaled();
                apart.mend();
                long mendedAt = System.nanoTime();
                roles.awaitJournaled(journaled + meanwhile);
                System.out.printf(
                        "cut network: %d shares accepted in %d ms without Redis and chain, journaled %d ms after the"
                                + " cable was mended%n",
                        meanwhile, cutMillis, millisSince(mendedAt));

                node.quieten();
                assertThat(node.process().stop(SECONDS_MAX)).isTrue();
                roles.awaitJournaled(Witnesses.logged(node.data()).size());
                assertThat(payout.stop(SECONDS_MAX)).isTrue();
                Witnesses.assertNothingIsLost(
                        "cut network",
                        List.of(new Witnesses.Node(node.data(), node.witnesses())),
                        new Witnesses.Twins(
                                node.twins().accepted(), node.twins().submitted()),
                        roles.data());
                SoundBooks.require(
                        "cut network", roles.data(), Witnesses.logDirectories(node.data()), Optional.of(redis.uri()));
            }
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
