package org.motepool.payout.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** There is one accountant: who holds the lock file of the journal's directory. Let go when the process ends. */
final class JournalLock implements AutoCloseable {
    private final FileChannel channel;

    private JournalLock(FileChannel channel) {
        this.channel = channel;
    }

    static JournalLock take(Path directory) throws JournalException {
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new JournalLock(channel);
            }
            throw taken(directory, null);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw taken(directory, e);
        } catch (JournalException e) {
            closeQuietly(channel);
            throw e;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new JournalException("cannot lock journal directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private static JournalException taken(Path directory, @Nullable Exception cause) {
        return new JournalInUseException(
                "another accountant works in " + directory + ": stop it first, or give this one another data directory",
                cause);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
