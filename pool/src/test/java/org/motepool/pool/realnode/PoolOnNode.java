package org.motepool.pool.realnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.motepool.chain.node.RealNode;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.kill.RecordingMiner;
import org.motepool.pool.kill.RecordingMiner.ShareKey;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.stratum.StratumSnapshot;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.LogGroup;
import org.motepool.validator.log.ShareLogReader;

/** A pool as {@code mote up} starts it, on a real node, and what its users see of it. */
final class PoolOnNode implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    final PoolRuntime pool;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();

    record Answer(int status, String body) {}

    PoolOnNode(RealNode node, PayoutAddress payout, Path data) throws Exception {
        this(Network.REGTEST, node.urlWithLogin(), payout, data);
    }

    PoolOnNode(Network network, String nodeUrl, PayoutAddress payout, Path data) throws Exception {
        this.data = data;
        Settings settings = Settings.defaults();
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, LOOPBACK, "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        settings.put(Key.NETWORK, network.id(), "test");
        settings.put(Key.NODES, nodeUrl, "test");
        settings.put(Key.PAYOUT_ADDRESS, payout.canonical(), "test");
        settings.put(Key.FEE, "100", "test");
        settings.put(Key.DATA, data.toString(), "test");
        settings.put(Key.LISTENERS, "name=solo port=0 mode=solo", "test");
        pool = PoolRuntime.start(ConfigChecker.check(settings, List.of()), PoolClock.SYSTEM);
    }

    RecordingMiner miner(PayoutAddress account, String worker) throws IOException {
        String user = account.canonical() + "." + worker;
        return new RecordingMiner(LOOPBACK, pool.stratumPort(), user, PowShift.NONE).sharesPerTip(1);
    }

    /** One that mines alone. */
    RecordingMiner soloMiner(PayoutAddress account, String worker) throws IOException {
        int port = pool.stratum().ports().getOrDefault("solo", 0);
        return new RecordingMiner(LOOPBACK, port, account.canonical() + "." + worker, PowShift.NONE).sharesPerTip(1);
    }

    /** As a browser asks. */
    Answer page(String path) throws IOException, InterruptedException {
        return get(pool.httpPort(), path, "text/html,*/*");
    }

    Answer management(String path) throws IOException, InterruptedException {
        return get(pool.managementPort(), path, "*/*");
    }

    private Answer get(int port, String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + port + path))
                .timeout(Duration.ofSeconds(5))
                .header("Accept", accept)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    long accepted() {
        return pool.stratum().snapshot().blocksAccepted();
    }

    /** Every block that was found has its answer from the node. */
    boolean allAnswered() {
        StratumSnapshot seen = pool.stratum().snapshot();
        return seen.blocksFound() == seen.blocksAccepted() + seen.blocksStale() + seen.blocksRefused();
    }

    /** Waits until it is true; the test fails when it takes longer. */
    static void until(String what, int seconds, Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("time until %s", what).isLessThan(end);
            boolean _ = never.await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** How often each share is in the logs on disk. */
    Map<ShareKey, Integer> logged() throws Exception {
        Map<ShareKey, Integer> counts = new HashMap<>();
        for (Path log : logs()) {
            try (ShareLogReader reader = ShareLogReader.open(log, LogFiles.DISK)) {
                for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                    for (LogRecord record : group.get().records()) {
                        if (record instanceof LogRecord.Share share) {
                            counts.merge(key(share), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return counts;
    }

    private List<Path> logs() throws IOException {
        return logs(data);
    }

    /** The directories of a data directory's share logs. */
    static List<Path> logs(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data.resolve("shares"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    private static ShareKey key(LogRecord.Share share) {
        return new ShareKey(share.jobNumber(), share.extranonces(), share.ntime(), share.nonce(), share.version());
    }

    @Override
    public void close() {
        http.close();
        pool.close();
    }
}
