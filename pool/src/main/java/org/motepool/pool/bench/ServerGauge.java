package org.motepool.pool.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motepool.devices.load.ServerUse;

/**
 * What another process on this machine uses, as the system tells it.
 *
 * @param process whichever; its children are not counted
 */
public record ServerGauge(ProcessHandle process) implements ServerUse {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern EVENT_LOOP =
            Pattern.compile("\"stratum-[0-9]+-[0-9]+\" .* allocated=([0-9]+)([BKMG])");
    private static final long KIB = 1024;

    /** Processor time so far, in steps of the system's clock, 10 ms usually; 0 where it is not told. */
    @Override
    public long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** Of a pool of ours on Java; resolution is a megabyte. */
    @Override
    public long heapBytes() {
        boolean isJava = process.info()
                .command()
                .map(command -> Path.of(command).endsWith("java"))
                .orElse(false);
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        // Another program would take the question for a signal to end.
        if (!isJava || !Files.isExecutable(jcmd)) {
            return 0;
        }
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print", "-e")
                    .redirectErrorStream(true)
                    .start();
            String threads = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return EVENT_LOOP
                    .matcher(threads)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)) << unit(found.group(2)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int unit(String letter) {
        return switch (letter) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
    }

    /** Memory that is really there for it; only Linux tells. */
    public OptionalLong residentBytes() {
        try {
            String status =
                    Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.UTF_8);
            Matcher found = RESIDENT.matcher(status);
            return found.find() ? OptionalLong.of(KIB * Long.parseLong(found.group(1))) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
