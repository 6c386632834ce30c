package org.motepool.pool.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own: loopback, random password, every write appended to disk, restarted when it dies. Thread-safe.
 *
 * <p>Its data may be lost without harm: it is rebuilt from share logs and journal.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration READY_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;
    private static final int RESTARTS_MAX = 100;

    private final RedisExecutable executable;
    private final RedisOwnership ownership;
    private final Path directory;
    private final int port;
    private final String password;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Process process;
    private int restarts;

    private EmbeddedRedis(
            RedisExecutable executable, RedisOwnership ownership, Path directory, int port, String password)
            throws IOException {
        this.executable = executable;
        this.ownership = ownership;
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.process = launch();
    }

    /** Starts a Redis whose files are in {@code directory}; returns when it answers. */
    public static EmbeddedRedis start(Path directory) throws EmbeddedRedisException {
        RedisOwnership ownership = RedisOwnership.take(directory);
        try {
            RedisExecutable executable = RedisExecutable.find(directory.resolve("bin"));
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            String password = HexFormat.of().formatHex(secret);
            EmbeddedRedis redis = new EmbeddedRedis(executable, ownership, directory, freePort(), password);
            redis.awaitReady();
            LOG.info(
                    "embedded Redis {} ({}) on 127.0.0.1:{}",
                    executable.version(),
                    executable.installed() ? "installed" : "bundled",
                    redis.port);
            return redis;
        } catch (IOException e) {
            ownership.close();
            throw new EmbeddedRedisException("the embedded Redis cannot be started: " + e.getMessage(), e);
        } catch (EmbeddedRedisException e) {
            ownership.close();
            throw e;
        }
    }

    /** A redis:// URL with the password: not for logs. */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    private Process launch() throws IOException {
        Path config = directory.resolve("redis.conf");
        Files.writeString(config, config());
        if (Files.getFileStore(config).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        }
        Process started = new ProcessBuilder(
                        executable.file().toAbsolutePath().toString(),
                        config.toAbsolutePath().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.getOutputStream().close();
        ownership.started(started);
        Thread.ofVirtual().name("redis-watch").start(() -> watch(started));
        return started;
    }

    private String config() {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "daemonize no",
                "dir \"" + directory.toAbsolutePath() + "\"",
                "logfile redis.log",
                "save \"\"",
                "appendonly yes",
                "appendfsync everysec",
                "maxmemory-policy noeviction",
                "");
    }

    private void watch(Process watched) {
        try {
            watched.waitFor();
            restartUnlessClosing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restartUnlessClosing() {
        if (closing.get() || restarts >= RESTARTS_MAX) {
            return;
        }
        restarts++;
        LOG.warn("the embedded Redis has died and is started again; its log is {}", directory.resolve("redis.log"));
        try {
            process = launch();
        } catch (IOException e) {
            LOG.error("the embedded Redis cannot be started again: {}", e.toString());
        }
    }

    private void awaitReady() throws EmbeddedRedisException {
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (System.nanoTime() < end) {
            if (answers()) {
                return;
            }
            try {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new EmbeddedRedisException(
                "the embedded Redis does not answer; the reason is in " + directory.resolve("redis.log"));
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(1_000);
            String hello = "AUTH " + password + "\r\nPING\r\n";
            socket.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(replies.readLine()) && "+PONG".equals(replies.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops Redis with its data on disk; idempotent. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        ownership.close();
    }
}
