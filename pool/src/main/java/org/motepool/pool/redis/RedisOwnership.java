package org.motepool.pool.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whose a Redis on a data directory is. A pool process holds the lock as long as it lives; a Redis whose lock is free
 * is an orphan of a pool that was killed, and is stopped.
 */
final class RedisOwnership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisOwnership.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final Path pidFile;
    private final FileChannel channel;

    private RedisOwnership(Path pidFile, FileChannel channel) {
        this.pidFile = pidFile;
        this.channel = channel;
    }

    /** Takes the lock and stops an orphan; refuses when another pool process holds it. */
    static RedisOwnership take(Path directory) throws EmbeddedRedisException {
        Path pidFile = directory.resolve("redis.pid");
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    directory.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new EmbeddedRedisException("another Motepool process" + describe(pidFile)
                        + " runs on this data directory; stop it, or choose another with --data");
            }
            RedisOwnership ownership = new RedisOwnership(pidFile, channel);
            ownership.stopOrphan();
            return ownership;
        } catch (IOException e) {
            close(channel);
            throw new EmbeddedRedisException("the data directory " + directory + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String describe(Path pidFile) {
        return read(pidFile)
                .map(owned -> " (its Redis has the process id " + owned.pid() + ")")
                .orElse("");
    }

    /** Remembers the Redis that now runs. */
    void started(Process process) throws IOException {
        Files.writeString(pidFile, process.pid() + " " + startMillis(process.toHandle()) + "\n");
    }

    private void stopOrphan() throws EmbeddedRedisException {
        Optional<ProcessHandle> orphan = read(pidFile)
                .flatMap(owned -> ProcessHandle.of(owned.pid())
                        .filter(handle -> handle.isAlive() && startMillis(handle) == owned.startMillis()));
        if (orphan.isEmpty()) {
            return;
        }
        LOG.info(
                "stopping the Redis that a killed pool left behind, process {}",
                orphan.get().pid());
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            orphan.get().destroyForcibly();
        } catch (ExecutionException e) {
            throw new EmbeddedRedisException("the Redis left behind cannot be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process id alone may have been given again; with the start it is the same process. */
    private record Owned(long pid, long startMillis) {}

    private static Optional<Owned> read(Path pidFile) {
        try {
            String[] words = Files.readString(pidFile).strip().split(" ", -1);
            return words.length == 2
                    ? Optional.of(new Owned(Long.parseLong(words[0]), Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            LOG.debug("the pid file stays: {}", e.toString());
        }
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the owner lock: {}", e.toString());
        }
    }
}
