package org.motepool.pool.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.proof.LedgerProof;

/**
 * A devnet, and roles of the pool around one Redis, each a process of its own on loopback. Closed with the test, and with
 * it all that is left of them. Used by one thread.
 */
final class Roles implements AutoCloseable {
    static final int SECONDS_MAX = 120;
    /** The whole journal is read at each look. */
    private static final int LOOK_MILLIS = 200;

    private final Path directory;
    private final String redis;
    private final Map<String, String> settings;
    private final List<PoolChild> children = new ArrayList<>();
    private final HttpClient browser =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String host;
    private final int chainPort;
    private final String node;
    private PoolChild chain;

    /**
     * Starts the chain.
     *
     * @param redis its address, as in {@code redis.url}
     * @param settings environment of all
     */
    Roles(Path directory, String redis, Map<String, String> settings) throws Exception {
        this(directory, redis, settings, "127.0.0.1");
    }

    /** @param host of the chain, for roles that are not on loopback */
    Roles(Path directory, String redis, Map<String, String> settings, String host) throws Exception {
        this.host = host;
        this.directory = directory;
        this.redis = redis;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent("MOTE_HTTP_DEVICE_PORT", "off");
        chainPort = freePort();
        node = "http://" + host + ":" + chainPort;
        chain = chain();
        chain.port();
    }

    /** The chain, on its port: also again after its end. */
    PoolChild chain() throws Exception {
        chain = child("devnet", "chain", Map.of(), "--rpc-bind", host, "--rpc-port", Integer.toString(chainPort));
        return chain;
    }

    void killChain() {
        chain.kill();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Of the accountant, and of stratum nodes that have none of their own. */
    Path data() {
        return directory.resolve("data");
    }

    PoolChild payout() throws Exception {
        return child("payout", "data", Map.of(), "--redis", redis, "--node", node);
    }

    PoolChild stratum() throws Exception {
        return stratum(Map.of());
    }

    /** @param more environment of this process */
    PoolChild stratum(Map<String, String> more, String... options) throws Exception {
        return stratum("data", more, options);
    }

    /** @param data name of its directory */
    PoolChild stratum(String data, Map<String, String> more, String... options) throws Exception {
        return stratum(List.of(), data, more, options);
    }

    /** @param prefix before the command, as {@code ip netns exec NAME} */
    PoolChild stratum(List<String> prefix, String data, Map<String, String> more, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--redis", redis, "--node", node));
        all.addAll(List.of(options));
        return child(prefix, "stratum", data, more, all.toArray(String[]::new));
    }

    Path data(String name) {
        return directory.resolve(name);
    }

    /** @param stratumPort that it tells miners of */
    PoolChild page(int stratumPort) throws Exception {
        return child("dashboard", "page", Map.of(), "--redis", redis, "--stratum-port", Integer.toString(stratumPort));
    }

    private PoolChild child(String role, String data, Map<String, String> more, String... options) throws Exception {
        return child(List.of(), role, data, more, options);
    }

    private PoolChild child(List<String> prefix, String role, String data, Map<String, String> more, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(List.of("--network", "devnet"));
        all.addAll(List.of(options));
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(more);
        PoolChild child = PoolChild.role(
                prefix, role, directory.resolve(data), directory.resolve(role + ".log"), all, environment);
        children.add(child);
        return child;
    }

    /** Shares in the journal of the accountant. */
    long journaled() throws JournalException {
        return LedgerProof.of(FileJournal.directoryIn(data())).books().shares();
    }

    void awaitJournaled(long shares) throws InterruptedException {
        KillTest.await(
                SECONDS_MAX,
                LOOK_MILLIS,
                () -> {
                    try {
                        return journaled() >= shares;
                    } catch (JournalException e) {
                        // Its last record is being written.
                        return false;
                    }
                },
                shares + " shares are journaled");
    }

    /** What a page answers to that question; a missing node where it does not. */
    JsonNode ask(int port, String path) {
        URI pool = URI.create("http://127.0.0.1:" + port + path);
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(pool).timeout(Duration.ofSeconds(5)).build();
            return new ObjectMapper()
                    .readTree(browser.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            // Not yet, or not in time: who waits asks again.
            return new ObjectMapper().missingNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ObjectMapper().missingNode();
        }
    }

    /** The page asks the store now and then. */
    void awaitShown(int port) throws InterruptedException {
        KillTest.await(
                SECONDS_MAX,
                () -> ask(port, "/api/v1/pool").path("acceptedShares").asLong() > 0,
                "the page shows shares");
    }

    /** By its {@code /readyz}: a payout is ready when it is the accountant. */
    void awaitReady(PoolChild role) throws Exception {
        URI readyz = URI.create("http://127.0.0.1:" + role.managementPort() + "/readyz");
        KillTest.await(SECONDS_MAX, () -> isGood(readyz), "ready by " + readyz);
    }

    private boolean isGood(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            return browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        children.forEach(PoolChild::close);
        browser.close();
    }
}
