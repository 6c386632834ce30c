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

/** A pool, or one role of it, in a process of its own, as {@code ./mote} runs it, so that it can be killed. */
final class PoolChild implements AutoCloseable {
    private static final Pattern PORT =
            Pattern.compile("(?:devices +stratum\\+tcp|--node http|page +http|health +http)://[^:]+:(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("health +http://[^:]+:(\\d+)");
    private static final int START_SECONDS_MAX = 60;

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> management = new CompletableFuture<>();
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
        return start(List.of(), "up", data, log, options, settings);
    }

    /**
     * Runs the command alone that {@code role} names.
     *
     * @param prefix before the command, as {@code ip netns exec NAME}
     */
    static PoolChild role(
            List<String> prefix, String role, Path data, Path log, List<String> options, Map<String, String> settings)
            throws IOException {
        return start(prefix, role, data, log, options, settings);
    }

    private static PoolChild start(
            List<String> prefix, String role, Path data, Path log, List<String> options, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                role,
                "--http-port",
                "0",
                "--management-port",
                "0",
                "--data",
                data.toString()));
        if (!options.contains("--bind")) {
            command.addAll(List.of("--bind", "127.0.0.1"));
        }
        if (!options.contains("--stratum-port")) {
            command.addAll(List.of("--stratum-port", "0"));
        }
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
                Matcher matcher = PORT.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                }
                Matcher health = MANAGEMENT.matcher(line);
                if (health.find()) {
                    management.complete(Integer.parseInt(health.group(1)));
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        IOException ended = new IOException("the pool ended before it listened: " + output);
        port.completeExceptionally(ended);
        management.completeExceptionally(ended);
    }

    /** The first port that it told of: where devices, browsers or, for a payout, monitoring may ask. */
    int port() throws Exception {
        return port.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Where {@code mote status} and its like ask. */
    int managementPort() throws Exception {
        return management.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    }

    int stratumPort() throws Exception {
        return port.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Whether it ended by itself within the time, and well. */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
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
