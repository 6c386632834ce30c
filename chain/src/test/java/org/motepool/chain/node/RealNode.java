package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real full node (bcoin, regtest, in memory, on loopback) as a child process of the test, with segwit active and a
 * wallet that holds coins. It ends with {@link #close} and also when this JVM dies.
 */
public final class RealNode implements AutoCloseable {
    /** Height at which it is ready. */
    public static final int HEIGHT = 440;

    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final String password;
    private final NodeSettings settings;
    private final RealNodeWallet wallet;

    private RealNode(Process process, JsonNode ready, String password) {
        this.process = process;
        this.password = password;
        settings = settings(ready.path("rpc").asInt(), password);
        wallet = new RealNodeWallet(
                settings(ready.path("wallet").asInt(), password),
                ready.path("address").asText());
    }

    private static NodeSettings settings(int port, String password) {
        return NodeSettings.of("http://mote:" + password + "@127.0.0.1:" + port, Optional.empty(), Optional.empty())
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    /** Starts it; skips the test with the reason where that is not possible, and fails it where {@code CI=true}. */
    public static RealNode startOrSkip() {
        try {
            byte[] secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            return start(RealNodeInstall.ready(), HexFormat.of().formatHex(secret), 0);
        } catch (RealNodeInstall.NotPossible e) {
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                throw new AssertionError("real node: " + e.getMessage(), e);
            }
            System.out.println("real node: skipped, " + e.getMessage());
            return Assumptions.abort("no real node: " + e.getMessage());
        }
    }

    /** Another one with a chain of its own, at the RPC address of this one, which has ended. */
    public RealNode successor() {
        try {
            return start(RealNodeInstall.ready(), password, settings.url().getPort());
        } catch (RealNodeInstall.NotPossible e) {
            throw new AssertionError("real node: " + e.getMessage(), e);
        }
    }

    /** @param port of its RPC, 0 for a free one */
    private static RealNode start(Path directory, String password, int port) throws RealNodeInstall.NotPossible {
        ProcessBuilder builder = new ProcessBuilder("node", "launcher.js")
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_BACKEND", "js");
        builder.environment().put("MOTE_RPC_PASSWORD", password);
        builder.environment().put("MOTE_RPC_PORT", Integer.toString(port));
        try {
            Process process = builder.start();
            JsonNode ready = awaitReady(process);
            RealNode node = new RealNode(process, ready, password);
            System.out.println("real node: bcoin " + ready.path("ready").asText() + ", regtest, height " + HEIGHT
                    + ", pid " + process.pid() + ", RPC at " + node.settings.url());
            return node;
        } catch (IOException e) {
            throw new RealNodeInstall.NotPossible("node could not be started: " + e, e);
        }
    }

    /** Reads its output to the end on a thread of its own, so that the pipe never fills. */
    private static JsonNode awaitReady(Process process) {
        CompletableFuture<JsonNode> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("real-node-output").start(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode said = JSON.readTree(line);
                    if (said.has("ready")) {
                        ready.complete(said);
                    }
                }
                ready.completeExceptionally(new IOException("it ended at once; its error output tells why"));
            } catch (IOException e) {
                ready.completeExceptionally(e);
            }
        });
        try {
            return ready.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            process.destroyForcibly();
            throw new AssertionError("the real node did not become ready", e);
        }
    }

    /** How to reach its RPC. */
    public NodeSettings settings() {
        return settings;
    }

    /** Its wallet, which is a service of its own. */
    public RealNodeWallet wallet() {
        return wallet;
    }

    /** Any call to the node; closed by the caller's end of the test process. */
    public JsonNode call(String method, Object... params) throws NodeException, InterruptedException {
        try (JsonRpcClient rpc = new JsonRpcClient(settings)) {
            return rpc.call(method, params);
        }
    }

    /** Lets the node itself mine, as another pool would. */
    public void generate(int blocks) throws NodeException, InterruptedException {
        call("generatetoaddress", blocks, wallet.address());
    }

    /** How to reach its RPC, as a pool's settings name it. */
    public String urlWithLogin() {
        return "http://mote:" + password + "@127.0.0.1:" + settings.url().getPort();
    }

    /** As {@code kill -9}: connections to it break off. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Facts for a report. */
    @Override
    public String toString() {
        return "bcoin at " + settings.url() + " " + Map.of("pid", process.pid());
    }

    @Override
    public void close() {
        wallet.close();
        try {
            process.getOutputStream().close();
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            System.out.println("real node: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
