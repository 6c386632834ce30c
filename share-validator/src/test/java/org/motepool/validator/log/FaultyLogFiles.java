package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;

/**
 * Real files whose unforced bytes live in memory only, so that a power cut can take them; and whose operations fail when
 * told to. Thread-safe.
 */
public final class FaultyLogFiles implements LogFiles {
    private static final int SECTOR_BYTES = 512;
    private static final long HOLD_SECONDS_MAX = 20;

    private final LogFiles disk = LogFiles.DISK;
    private final List<FaultyFile> open = new ArrayList<>();
    private int forces;
    private int writes;
    private int failingForce = -1;
    private int failingWrite = -1;
    private int powerCutAt = -1;
    private boolean failCreates;
    private boolean ignoreForces;
    private boolean powerIsCut;
    private @Nullable Random survivors;
    private volatile @Nullable CountDownLatch hold;

    /** A force from now on fails, and leaves its bytes readable as an operating system does: 1 is the next. */
    public synchronized FaultyLogFiles failForce(int fromNow) {
        failingForce = forces + fromNow;
        return this;
    }

    /** A write from now on fails half-way: 1 is the next. */
    public synchronized FaultyLogFiles failWrite(int fromNow) {
        failingWrite = writes + fromNow;
        return this;
    }

    /** No file can be made until told otherwise: the disk is full. */
    public synchronized void failCreates(boolean fail) {
        failCreates = fail;
    }

    /** Forces do nothing and say that they did. */
    public synchronized FaultyLogFiles ignoreForces() {
        ignoreForces = true;
        return this;
    }

    /** The power goes as the n-th write or force from now begins. */
    public synchronized FaultyLogFiles cutPowerAt(int operation) {
        powerCutAt = writes + forces + operation;
        return this;
    }

    /** Of what was not forced, some sectors survive a power cut all the same, in any order. */
    public synchronized FaultyLogFiles letSectorsSurvive(Random random) {
        survivors = random;
        return this;
    }

    /** Forces wait for this, at most 20 s. */
    public void holdForces(CountDownLatch until) {
        hold = until;
    }

    public synchronized int forces() {
        return forces;
    }

    public synchronized boolean powerIsCut() {
        return powerIsCut;
    }

    /** Everything that was not forced is gone, and nothing works any more. */
    public synchronized void cutPower() throws IOException {
        if (!powerIsCut) {
            powerIsCut = true;
            for (FaultyFile file : open) {
                file.losePower();
            }
        }
    }

    private void requirePower() throws IOException {
        if (powerCutAt >= 0 && writes + forces >= powerCutAt) {
            cutPower();
        }
        if (powerIsCut) {
            throw new IOException("the power is cut");
        }
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public synchronized LogFile create(Path path, Bytes head, long bytes) throws IOException {
        requirePower();
        if (failCreates) {
            throw new IOException("No space left on device");
        }
        FaultyFile file = new FaultyFile(disk.create(path, head, bytes));
        open.add(file);
        return file;
    }

    @Override
    public LogFile open(Path path) throws IOException {
        return disk.open(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public Optional<LogLock> lock(Path path) throws IOException {
        return disk.lock(path);
    }

    private record Unforced(long position, Bytes bytes) {}

    private final class FaultyFile implements LogFile {
        private final LogFile real;
        private final List<Unforced> unforced = new ArrayList<>();
        private boolean hasFailed;

        FaultyFile(LogFile real) {
            this.real = real;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            synchronized (FaultyLogFiles.this) {
                writes++;
                requirePower();
                boolean fails = writes == failingWrite;
                int written = fails ? length / 2 : length;
                unforced.add(new Unforced(position, Bytes.copyOf(source, offset, written)));
                if (fails) {
                    hasFailed = true;
                    throw new IOException("No space left on device");
                }
            }
        }

        @Override
        public void force() throws IOException {
            await(hold);
            synchronized (FaultyLogFiles.this) {
                forces++;
                requirePower();
                if (ignoreForces) {
                    return;
                }
                writeThrough();
                if (forces == failingForce) {
                    throw new IOException("Input/output error");
                }
            }
        }

        private void writeThrough() throws IOException {
            for (Unforced write : unforced) {
                real.write(
                        write.position(),
                        write.bytes().toArray(),
                        0,
                        write.bytes().size());
            }
            unforced.clear();
        }

        void losePower() throws IOException {
            Random random = survivors;
            if (random != null) {
                for (Unforced write : unforced) {
                    for (int at = 0; at < write.bytes().size(); at += SECTOR_BYTES) {
                        if (random.nextBoolean()) {
                            int length = Math.min(SECTOR_BYTES, write.bytes().size() - at);
                            real.write(write.position() + at, write.bytes().toArray(), at, length);
                        }
                    }
                }
            }
            unforced.clear();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return real.read(position, target, offset, length);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void close() throws IOException {
            synchronized (FaultyLogFiles.this) {
                // What failed stays readable, as in an operating system's cache: the nastier case. All else that nobody
                // forced is lost already, since nobody can force it any more.
                if (!powerIsCut && hasFailed) {
                    writeThrough();
                }
                open.remove(this);
                real.close();
            }
        }
    }

    private static void await(@Nullable CountDownLatch latch) throws IOException {
        try {
            if (latch != null && !latch.await(HOLD_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("a held force was never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
