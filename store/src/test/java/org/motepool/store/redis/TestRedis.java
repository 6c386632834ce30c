package org.motepool.store.redis;

import io.prometheus.client.CollectorRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free loopback port that dies with the test. It keeps nothing on disk, so a restart finds it
 * empty. Used by one test thread.
 */
public final class TestRedis implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(10);
    private static final int TRIES_MAX = 5;

    private final String executable;
    private final List<String> settings;
    private final Path directory;
    private String login = "";
    private int port;
    private @Nullable Process process;

    private TestRedis(String executable, List<String> settings) throws IOException {
        this.executable = executable;
        this.settings = List.copyOf(settings);
        directory = Files.createTempDirectory("test-redis");
        launchOnFreePort();
    }

    /** Redis 6.2, the oldest that the pool runs on, from the test dependencies. */
    public static TestRedis start(String... settings) {
        try {
            return new TestRedis(Bundled.FILE.getPath(), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Sentinel of Redis 6.2 with the file of settings, which it also writes to. */
    public static TestRedis startSentinel(Path config) {
        return start(config.toString(), "--sentinel");
    }

    /** The installed {@code redis-server}, which is newer than the bundled one, where there is one. */
    public static Optional<TestRedis> startInstalled(String... settings) {
        return Stream.of("/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .map(path -> {
                    try {
                        return new TestRedis(path, List.of(settings));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Settings of a devnet store with one shard and a short timeout. */
    public RedisSettings settings() {
        return new RedisSettings(uri(), Optional.empty(), "devnet", 1, Duration.ofSeconds(2));
    }

    /** A devnet store in it, by the system's clock, with metrics of its own. */
    public RedisStore store() throws StoreException {
        return RedisStore.connect(settings(), PoolClock.SYSTEM, new CollectorRegistry());
    }

    /** Ends it as a crash would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test's Redis does not die");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    /** Stops it in the middle of whatever it does, as a machine that hangs; {@link #thaw} lets it go on. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the test's Redis does not run");
        }
        try {
            int code = new ProcessBuilder("kill", name, Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + name + " of the test's Redis ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again, empty, on the same port. */
    public void restart() {
        kill();
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port it listens on, the same after a restart. */
    public int port() {
        return port;
    }

    /** From now on commands of the test begin with this user's login; an empty one is none. */
    public TestRedis as(String user, String password) {
        login = user.isEmpty() ? "" : "AUTH " + user + " " + password + "\r\n";
        return this;
    }

    /** Sends one command in the plain inline form and returns the first line of the answer. */
    public String command(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            logIn(socket);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return firstLine(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void logIn(Socket socket) throws IOException {
        if (!login.isEmpty()) {
            socket.getOutputStream().write(login.getBytes(StandardCharsets.UTF_8));
            String answer = firstLine(socket);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("the test's login is refused: " + answer);
            }
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            answer.append((char) c);
        }
        return answer.toString().strip();
    }

    /** Sends one command in the plain inline form and returns all of the answer, as it comes over the wire. */
    public String answer(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            logIn(socket);
            socket.getOutputStream().write((line + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launchOnFreePort() throws IOException {
        for (int tries = 1; ; tries++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try {
                launch();
                return;
            } catch (IOException e) {
                // Another process may have taken the port meanwhile.
                if (tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(executable));
        boolean sentinel = settings.contains("--sentinel");
        if (sentinel) {
            command.addAll(settings);
        }
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        if (!sentinel) {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
            if (!settings.contains("--maxmemory-policy")) {
                command.addAll(List.of("--maxmemory-policy", "noeviction"));
            }
            command.addAll(settings);
        }
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "test-redis-end"));
        process = started;
        long until = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > until) {
                kill();
                throw new IOException("Redis did not start: " + Files.readString(directory.resolve("log")));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            int first = socket.getInputStream().read();
            // An error means that it wants a password: it is up.
            return first == '+' || first == '-';
        } catch (IOException e) {
            return false;
        }
    }

    /** Unpacked once for all tests of a process. */
    private static final class Bundled {
        static final File FILE = unpack();

        private static File unpack() {
            try {
                File file = ExecutableProvider.newJarResourceProvider().get();
                file.deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
