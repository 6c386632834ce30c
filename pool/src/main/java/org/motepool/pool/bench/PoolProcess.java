package org.motepool.pool.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Main;

/** A pool in a process of its own, as {@code mote up} runs it, on ports that are free; ends with {@link #close}. */
public final class PoolProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("devices +stratum\\+tcp://[^:]+:(\\d+) ");
    private static final Pattern PAGE = Pattern.compile("page +http://[^:]+:(\\d+)/");
    private static final long FIRST_JOB_SECONDS = 30;
    /** With a hundred thousand workers it takes half a minute: a harder end would leave its Redis behind. */
    private static final long STOP_SECONDS = 120;
    /** What {@code mote up} takes. */
    private static final List<String> HEAP = List.of("-Xms64m", "-Xmx512m");

    private final Process process;
    private final BufferedReader said;
    private final int port;
    private final int httpPort;
    private final long startedAt;

    private PoolProcess(Process process, BufferedReader said, int port, int httpPort, long startedAt) {
        this.httpPort = httpPort;
        this.startedAt = startedAt;
        this.process = process;
        this.said = said;
        this.port = port;
    }

    /**
     * Waits until the pool is up.
     *
     * @param javaOptions behind those of this process, whose heap size alone is not taken over
     * @param settings further arguments of {@code up}
     * @param log where its own log goes
     * @throws IOException when it does not come up; the message has the end of its log
     */
    public static PoolProcess start(List<String> javaOptions, List<String> settings, Path data, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-Xms") && !option.startsWith("-Xmx")) {
                command.add(option);
            }
        }
        command.addAll(HEAP);
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
        command.addAll(List.of("--bind", "127.0.0.1", "--stratum-port", "0", "--http-port", "0"));
        command.addAll(List.of("--management-port", "0", "--data", data.toString()));
        command.addAll(settings);
        long startedAt = PoolClock.SYSTEM.nanos();
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        int devices = 0;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = PORT.matcher(line);
            if (found.find()) {
                devices = Integer.parseInt(found.group(1));
            }
            Matcher page = PAGE.matcher(line);
            if (devices > 0 && page.find()) {
                return new PoolProcess(process, said, devices, Integer.parseInt(page.group(1)), startedAt);
            }
            all.append(line).append('\n');
        }
        process.destroyForcibly();
        throw new IOException("the pool did not come up:\n" + all + Files.readString(log, StandardCharsets.UTF_8));
    }

    public int port() {
        return port;
    }

    /** Of page and API. */
    public int httpPort() {
        return httpPort;
    }

    /**
     * Asks as a device for a job.
     *
     * @param login what it authorizes as
     * @return from the start of the process until it came
     */
    public long nanosToFirstJob(String login) throws IOException {
        try (Socket device = new Socket(InetAddress.getLoopbackAddress(), port)) {
            device.setSoTimeout((int) TimeUnit.SECONDS.toMillis(FIRST_JOB_SECONDS));
            String hello = "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"first job\"]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + login + "\",\"x\"]}\n";
            device.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(device.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.contains("mining.notify\",\"params")) {
                    return PoolClock.SYSTEM.nanos() - startedAt;
                }
            }
        }
        throw new IOException("the pool closed a connection that waited for its first job");
    }

    public ServerGauge gauge() {
        return new ServerGauge(process.toHandle());
    }

    /** Stops it as SIGTERM does; after two minutes harder. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        said.close();
    }
}
