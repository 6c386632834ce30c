package org.motepool.pool.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another process on this machine uses, as the system tells it.
 *
 * @param process whichever; its children are not counted
 */
public record ServerGauge(ProcessHandle process) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final long KIB = 1024;

    /** Processor time so far, in steps of the system's clock, 10 ms usually; 0 where it is not told. */
    public long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
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
