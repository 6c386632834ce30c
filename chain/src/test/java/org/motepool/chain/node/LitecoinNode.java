package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.motepool.chain.wallet.NodeWallet;

/**
 * A real Litecoin Core on its regtest, on loopback, with a second one for company: alone it gives no templates. Both end
 * with {@link #close} and also when this JVM dies.
 */
public final class LitecoinNode implements AutoCloseable {
    /** Where MWEB becomes active on this chain, if a coin is on its way into it. */
    public static final int MWEB_HEIGHT = 432;

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROGRAM = "litecoind";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int TRIES = 3;
    /** Ends the node when its input ends, so that none is left behind. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" & node=$!; cat >/dev/null; kill $node; wait $node";

    private final Path directory;
    private final String password;
    private final int port;
    private final int rpcPort;
    private final boolean mweb;
    private final List<String> options;
    private final List<Process> processes = new ArrayList<>();

    private LitecoinNode(boolean mweb, List<String> options) throws IOException {
        this.options = options;
        directory = Files.createTempDirectory("mote-litecoin");
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        password = HexFormat.of().formatHex(secret);
        port = freePort();
        rpcPort = freePort();
        this.mweb = mweb;
        processes.add(startFirst());
        processes.add(
                start("second", mweb, freePort(), "-connect=" + LOOPBACK + ":" + port, "-listen=0", "-disablewallet"));
    }

    /**
     * Starts it; skips the test with the reason where that is not possible, and fails it where {@code CI=true}.
     *
     * @param mweb whether MWEB may become active
     * @param options of the node
     */
    public static LitecoinNode startOrSkip(boolean mweb, String... options) throws InterruptedException {
        if (!installed()) {
            String reason = PROGRAM + " is not installed (Debian: litecoind)";
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                throw new AssertionError("litecoin node: " + reason);
            }
            System.out.println("litecoin node: skipped, " + reason);
            return Assumptions.abort(reason);
        }
        for (int attempt = 1; ; attempt++) {
            LitecoinNode node = null;
            try {
                node = new LitecoinNode(mweb, List.of(options));
                node.awaitReady(1);
                System.out.println("litecoin node: " + node.version() + ", regtest, MWEB " + (mweb ? "on" : "off")
                        + ", RPC at " + LOOPBACK + ":" + node.rpcPort);
                return node;
            } catch (IOException | NodeException | IllegalStateException e) {
                // A port that was free a moment ago may be another's now.
                if (node != null) {
                    node.close();
                }
                if (attempt == TRIES) {
                    throw new AssertionError("the litecoin node did not start", e);
                }
            }
        }
    }

    private static boolean installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, PROGRAM)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(String name, boolean mweb, int rpc, String... more) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                UNTIL_INPUT_ENDS,
                "sh",
                PROGRAM,
                "-regtest",
                "-datadir=" + home,
                "-server",
                "-rpcuser=mote",
                "-rpcpassword=" + password,
                "-rpcport=" + rpc,
                "-rpcworkqueue=64",
                "-fallbackfee=0.0001",
                "-dnsseed=0"));
        if (!mweb) {
            command.add("-vbparams=mweb:999999999999:999999999999");
        }
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(name + ".log").toFile()));
        // Debian's wrapper writes a configuration into the home directory.
        builder.environment().put("HOME", home.toString());
        return builder.start();
    }

    private Process startFirst(String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("-port=" + port, "-bind=" + LOOPBACK + ":" + port));
        all.addAll(options);
        all.addAll(List.of(more));
        return start("first", mweb, rpcPort, all.toArray(String[]::new));
    }

    /** Stops the node as an operator does and starts it again, its wallets not loaded. The second one finds it again by and by. */
    public void restart(String... more) throws IOException, NodeException, InterruptedException {
        Process first = processes.getFirst();
        first.getOutputStream().close();
        if (!first.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the litecoin node does not stop");
        }
        processes.set(0, startFirst(more));
        awaitReady(0);
    }

    /** Where it keeps a wallet; of use while that is not loaded. */
    public Path walletDirectory(String name) {
        return directory.resolve("first").resolve("regtest").resolve("wallets").resolve(name);
    }

    /** Up, and in such company. */
    private void awaitReady(int peers) throws NodeException, InterruptedException {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            try {
                if (call("getconnectioncount").intValue() >= peers) {
                    return;
                }
            } catch (NodeException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            if (processes.stream().anyMatch(process -> !process.isAlive()) || System.nanoTime() > end) {
                throw new IllegalStateException("it ended at once, or stays alone; see " + directory);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** What it calls itself. */
    public String version() throws NodeException, InterruptedException {
        return call("getnetworkinfo").path("subversion").asText();
    }

    /** How to reach its RPC. */
    public NodeSettings settings() {
        return settings("");
    }

    /** How to reach its RPC, for one of its wallets. */
    public NodeWallet payingWallet(String name) {
        return NodeWallet.of(settings(), name);
    }

    private NodeSettings settings(String path) {
        return NodeSettings.of(urlWithLogin() + path, Optional.empty(), Optional.empty())
                .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /** How to reach its RPC, as a pool's settings name it. */
    public String urlWithLogin() {
        return "http://mote:" + password + "@" + LOOPBACK + ":" + rpcPort;
    }

    /** Any call to the node. */
    public JsonNode call(String method, Object... params) throws NodeException, InterruptedException {
        try (JsonRpcClient rpc = new JsonRpcClient(settings())) {
            return rpc.call(method, params);
        }
    }

    /** Any call to one of its wallets. */
    public JsonNode wallet(String name, String method, Object... params) throws NodeException, InterruptedException {
        try (JsonRpcClient rpc = new JsonRpcClient(settings("/wallet/" + name))) {
            return rpc.call(method, params);
        }
    }

    /** Makes a wallet; its first address, P2WPKH. */
    public String newWallet(String name) throws NodeException, InterruptedException {
        call("createwallet", name);
        return wallet(name, "getnewaddress", "", "bech32").asText();
    }

    /** Lets the node itself mine. */
    public void generate(int blocks, String address) throws NodeException, InterruptedException {
        call("generatetoaddress", blocks, address);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                process.destroy();
            }
        }
        try {
            for (Process process : processes) {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.out.println("litecoin node: " + directory + " is left behind: " + e);
        }
    }
}
