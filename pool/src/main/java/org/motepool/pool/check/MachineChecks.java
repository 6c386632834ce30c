package org.motepool.pool.check;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.StratumPorts;
import org.motepool.pool.wiring.ManagementFiles;
import org.motepool.pool.wiring.Ports;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.tls.CertificateException;
import org.motepool.stratum.tls.CertificateFiles;
import org.motepool.stratum.tls.TlsCertificate;

/** What this machine gives to a pool: ports, open files, a directory with room, a certificate that lasts. */
final class MachineChecks {
    /** Some segments of share logs, the journal, and room for the system. */
    static final long FREE_BYTES_MIN = 1L << 30;
    /** Weeks of a large pool's share logs. */
    static final long FREE_BYTES_ENOUGH = 10L << 30;
    /** Of the process itself: jars, logs, event loops, Redis, nodes. */
    private static final long OTHER_FILES = 512;
    /** With less a pool of any size is of no use. */
    private static final long FILES_MIN = 1024;
    /** As the alert on it. */
    private static final Duration CERTIFICATE_LEFT = Duration.ofDays(14);

    private static final int ASK_MILLIS = 1000;

    private final PoolConfig config;
    private final PoolClock clock;
    private final Remarks remarks;

    MachineChecks(PoolConfig config, PoolClock clock, Remarks remarks) {
        this.config = config;
        this.clock = clock;
        this.remarks = remarks;
    }

    void run() {
        ports();
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            files(system.getMaxFileDescriptorCount());
        }
        directory(Key.DATA, config.data());
        config.journalMirror().ifPresent(mirror -> directory(Key.JOURNAL_MIRROR, mirror));
        config.ports().certificate().ifPresent(this::certificate);
    }

    private void ports() {
        Optional<String> running = runningPool();
        if (running.isPresent()) {
            remarks.note(
                    Key.DATA,
                    "a pool runs on this directory (management at " + running.get() + "): the ports are its own");
            return;
        }
        boolean shared = config.ports().reusePort();
        port(Key.STRATUM_PORT, config.stratum(), shared);
        for (StratumPorts.Listener one : config.ports().more()) {
            port(Key.LISTENERS, one.endpoint(), shared);
        }
        port(Key.HTTP_PORT, config.http(), false);
        port(Key.MANAGEMENT_PORT, config.management(), false);
        if (config.devicePort().on() && config.devicePort().asked()) {
            port(
                    Key.DEVICE_PORT,
                    new PoolConfig.Endpoint(
                            config.http().bind(), config.devicePort().port()),
                    false);
        }
    }

    private void port(Key key, PoolConfig.Endpoint endpoint, boolean shared) {
        Ports.trouble(endpoint, shared)
                .ifPresent(why -> remarks.error(
                        key,
                        "port " + endpoint.port() + " on " + endpoint.bind() + " cannot be had: " + why,
                        "Stop the program that has it (ss -ltnp shows which), or choose another port"));
    }

    /** Its address file is there, and somebody answers. */
    private Optional<String> runningPool() {
        try {
            for (ManagementFiles files : ManagementFiles.allIn(config.data())) {
                String address = Files.readString(files.address()).strip();
                int colon = address.lastIndexOf(':');
                try (Socket socket = new Socket()) {
                    socket.connect(
                            new InetSocketAddress(
                                    address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                            ASK_MILLIS);
                    return Optional.of(address);
                } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                    // Left by a pool that was killed.
                }
            }
        } catch (IOException e) {
            // Told with the directory.
        }
        return Optional.empty();
    }

    /** @param limit of open files of one process */
    private void files(long limit) {
        long wanted = StratumLimits.DEFAULT.connectionsMax() + OTHER_FILES;
        if (limit < 0 || limit >= wanted) {
            return;
        }
        remarks.add(
                limit < FILES_MIN ? Weight.ERROR : Weight.WARNING,
                Key.STRATUM_PORT,
                "this process may open %d files, and %d devices at most need %d: about %d can connect"
                        .formatted(
                                limit,
                                StratumLimits.DEFAULT.connectionsMax(),
                                wanted,
                                Math.max(0, limit - OTHER_FILES)),
                "Raise it: ulimit -Hn " + (1 << 20) + ", LimitNOFILE= of the unit, or ulimits: of the container");
    }

    private void directory(Key key, Path path) {
        Path there = path.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            remarks.error(key, path + " is no directory and cannot become one", "Name a directory");
            return;
        }
        try {
            Files.delete(Files.createTempFile(there, ".mote-check", ""));
            space(key, path, Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            remarks.error(
                    key,
                    "nothing can be written to " + there + " (" + e + ")",
                    "Give the directory to the user that the pool runs as: chown -R USER " + path);
        }
    }

    /** @param free bytes for this user */
    void space(Key key, Path path, long free) {
        if (free >= FREE_BYTES_ENOUGH) {
            return;
        }
        remarks.add(
                free < FREE_BYTES_MIN ? Weight.ERROR : Weight.WARNING,
                key,
                "the disk of " + path + " has " + (free >> 20) + " MiB left",
                "Make room, or name a directory on a larger disk: without room no share is answered");
    }

    private void certificate(CertificateFiles files) {
        try {
            Instant ends = TlsCertificate.ends(files);
            Duration left = Duration.between(Instant.ofEpochMilli(clock.epochMillis()), ends);
            if (left.compareTo(CERTIFICATE_LEFT) < 0) {
                boolean over = left.isNegative();
                remarks.add(
                        over ? Weight.ERROR : Weight.WARNING,
                        Key.TLS_CERTIFICATE,
                        "the certificate in " + files.chain() + (over ? " ended on " : " ends on ") + ends,
                        "Have a new one issued: certbot renew, or acme.sh --renew");
            }
        } catch (CertificateException e) {
            remarks.error(Key.TLS_CERTIFICATE, String.valueOf(e.getMessage()), "Put certificate and key right");
        }
    }
}
