package org.motepool.pool.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;

/** A whole pool on the devnet in a process of its own, whose wall clock is ahead: so that days pass between two lives of it. */
final class SkewedPool implements AutoCloseable {
    private final Process process;
    private final int stratumPort;
    private final int httpPort;

    private SkewedPool(Process process, int stratumPort, int httpPort) {
        this.process = process;
        this.stratumPort = stratumPort;
        this.httpPort = httpPort;
    }

    static SkewedPool start(Path data, Path log, Duration ahead) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SkewedPool.class.getName(),
                data.toString(),
                Long.toString(ahead.toMillis())));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ports ")) {
                String[] ports = line.split(" ", -1);
                return new SkewedPool(process, Integer.parseInt(ports[1]), Integer.parseInt(ports[2]));
            }
        }
        process.destroyForcibly();
        throw new IOException("the pool ended before it was up; see " + log);
    }

    int stratumPort() {
        return stratumPort;
    }

    int httpPort() {
        return httpPort;
    }

    /** As {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "devnet", "test");
        settings.put(Key.DATA, arguments[0], "test");
        settings.put(Key.SHARE_SECONDS, "1", "test");
        settings.put(Key.DEVICE_PORT, "off", "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        PoolClock clock = ahead(Long.parseLong(arguments[1]));
        try (PoolRuntime pool = PoolRuntime.start(ConfigChecker.check(settings, List.of()), clock)) {
            System.out.println("ports " + pool.stratumPort() + " " + pool.httpPort());
            new CountDownLatch(1).await();
        }
    }

    private static PoolClock ahead(long millis) {
        return new PoolClock() {
            @Override
            public long epochMillis() {
                return PoolClock.SYSTEM.epochMillis() + millis;
            }

            @Override
            public long nanos() {
                return PoolClock.SYSTEM.nanos();
            }
        };
    }
}
