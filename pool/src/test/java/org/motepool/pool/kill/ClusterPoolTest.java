package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.store.redis.TestCluster;

/** A stratum node and an accountant around a Redis Cluster, of which the server with the stream of work dies. */
@Tag("soak")
class ClusterPoolTest {
    private static final int TWINS = 60;
    private static final String ACCOUNT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "34", "MOTE_DEVNET_BLOCK_SECONDS", "2");

    @TempDir
    private Path directory;

    @Test
    void goesOnWhenTheServerWithTheStreamDies() throws Exception {
        try (TestCluster redis = TestCluster.start();
                Roles roles = new Roles(directory, redis.settings().uri(), EASY)) {
            PoolChild payout = roles.payout();
            try (NodeUnderLoad node = new NodeUnderLoad(roles, "node", ACCOUNT)) {
                payout.port();
                node.awaitUp();
                node.load(TWINS, 3);
                roles.awaitJournaled(100);
                redis.holderOf("mote:1:{w0}:stream").kill();
                long began = System.nanoTime();
                roles.awaitJournaled(roles.journaled() + 100);
                System.out.printf(
                        "cluster: 100 shares more are journaled %d ms after the server with the stream died%n",
                        (System.nanoTime() - began) / 1_000_000);
                node.quieten();
                assertThat(node.process().stop(Roles.SECONDS_MAX)).isTrue();
                roles.awaitJournaled(Witnesses.logged(node.data()).size());
                assertThat(payout.stop(Roles.SECONDS_MAX)).isTrue();
                Witnesses.assertNothingIsLost(
                        "cluster",
                        List.of(new Witnesses.Node(node.data(), node.witnesses())),
                        new Witnesses.Twins(
                                node.twins().accepted(), node.twins().submitted()),
                        roles.data());
                SoundBooks.require(
                        "cluster",
                        roles.data(),
                        Witnesses.logDirectories(node.data()),
                        Optional.of(redis.settings().uri()));
            }
        }
    }
}
