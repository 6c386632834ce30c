package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.SwarmReport;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.swarm.Swarms;

/** One stratum node, which may be killed and started again on its port, and the devices that mine there. Used by one thread. */
final class NodeUnderLoad implements AutoCloseable {
    /** Of witnesses: so they leave the processor to the rest of the time. */
    private static final int SHARES_PER_TIP = 10;

    private final Roles roles;
    private final String name;
    private final String account;
    private final List<String> prefix;
    private final String host;
    private final int port;
    private final List<RecordingMiner> witnesses = new ArrayList<>();
    private PoolChild process;
    private @Nullable TwinSwarm swarm;

    /**
     * Starts the process; {@link #awaitUp} waits for it.
     *
     * @param account of the witnesses
     */
    NodeUnderLoad(Roles roles, String name, String account) throws Exception {
        this(roles, name, account, List.of(), "127.0.0.1");
    }

    /**
     * @param prefix before the command of the process
     * @param host where it listens
     */
    NodeUnderLoad(Roles roles, String name, String account, List<String> prefix, String host) throws Exception {
        this.roles = roles;
        this.prefix = List.copyOf(prefix);
        this.host = host;
        this.name = name;
        this.account = account;
        port = Roles.freePort();
        process = begin();
    }

    private PoolChild begin() throws Exception {
        return roles.stratum(prefix, name, Map.of(), "--bind", host, "--stratum-port", Integer.toString(port));
    }

    void awaitUp() throws Exception {
        process.port();
    }

    int port() {
        return port;
    }

    Path data() {
        return roles.data(name);
    }

    PoolChild process() {
        return process;
    }

    /** A device whose shares are written down one by one, and twins, which come back by themselves. */
    void load(int twins, long seed) throws Exception {
        addWitness();
        swarm = TwinSwarm.start(Swarms.at(host, port, "all=" + twins, seed, Duration.ofSeconds(2)));
    }

    private void addWitness() throws Exception {
        witnesses.add(new RecordingMiner(host, port, account + "." + name + "-" + witnesses.size(), Swarms.SHIFT)
                .sharesPerTip(SHARES_PER_TIP)
                .start());
    }

    void kill() {
        process.kill();
        witnesses.forEach(RecordingMiner::close);
    }

    void startAgain() throws Exception {
        process = begin();
        process.port();
        addWitness();
    }

    SwarmReport.Counts twins() {
        if (swarm == null) {
            throw new IllegalStateException("no twins mine at " + name);
        }
        return swarm.report().total();
    }

    List<RecordingMiner> witnesses() {
        return witnesses;
    }

    /** No more shares; what is under way is still answered. */
    void quieten() throws InterruptedException {
        witnesses.forEach(RecordingMiner::pause);
        if (swarm != null) {
            swarm.pause();
            assertThat(swarm.awaitReplies(Duration.ofSeconds(10))).isTrue();
        }
        witnesses.forEach(RecordingMiner::close);
    }

    @Override
    public void close() {
        witnesses.forEach(RecordingMiner::close);
        if (swarm != null) {
            swarm.close();
        }
    }
}
