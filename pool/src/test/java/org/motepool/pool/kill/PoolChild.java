package org.motepool.pool.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.pool.Main;

/** A pool in a process of its own, as {@code ./mote up} runs it, so that it can be killed. */
final class PoolChild implements AutoCloseable {
    private static final Pattern STRATUM = Pattern.compile("stratum\\+tcp://[^:]+:(\\d+)");
    private static final int START_SECONDS_MAX = 60;

    private final Process process;
    private final CompletableFuture<Integer> stratumPort = new CompletableFuture<>();
    private final StringBuilder output = new StringBuilder();

    private PoolChild(Process process) {
        this.process = process;
        Thread.ofVirtual().name("pool-output").start(this::read);
    }

    static PoolChild start(Path data, Path log, List<String> options) throws IOException {
        return start(data, log, options, Map.of());
    }

    /** @param settings environment of the pool */
    static PoolChild start(Path data, Path log, List<String> options, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "up",
                "--bind",
                "127.0.0.1",
                "--stratum-port",
                "0",
                "--http-port",
                "0",
                "--management-port",
                "0",
                "--data",
                data.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MOTE_STRATUM_SHARE_SECONDS", "1");
        builder.environment().putAll(settings);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new PoolChild(builder.start());
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                output.append(line).append('\n');
                Matcher matcher = STRATUM.matcher(line);
                if (matcher.find()) {
                    stratumPort.complete(Integer.parseInt(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        stratumPort.completeExceptionally(new IOException("the pool ended before it listened: " + output));
    }

    int stratumPort() throws Exception {
        return stratumPort.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** As {@code kill -9}: nothing of it runs any further. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As Ctrl-C; true when it ended by itself within the time. */
    boolean stop(int seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kill();
    }
}
