package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments that a writer fills one after the other. A segment that failed is closed and never forced again; the next
 * one begins at the last forced offset, so what the failed one holds behind it counts for nothing. Owned by the writer
 * thread.
 */
final class SegmentChain {
    /** On a full disk every attempt fills it up with a new segment for a moment: not more often than this. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SegmentChain.class);

    private final ShareLogSettings settings;
    private final LogFiles files;
    private final PoolClock clock;
    private final LogId id;
    private final Path directory;
    private int lastNumber;
    private long lastFirstOffset;
    private boolean hasFailed;
    private long failedAtNanos;
    private @Nullable OpenSegment open;
    private @Nullable Exception refusal;

    SegmentChain(ShareLogSettings settings, LogFiles files, PoolClock clock, LogId id, Path directory) {
        this.settings = settings;
        this.files = files;
        this.clock = clock;
        this.id = id;
        this.directory = directory;
    }

    /** The segment for a turn that begins at {@code forcedOffset}: the present one, or a new one. */
    OpenSegment forTurn(long forcedOffset) throws IOException {
        OpenSegment present = open;
        if (present != null && !present.isNearlyFull()) {
            return present;
        }
        Exception cause = refusal;
        if (cause != null && failedJustNow()) {
            throw new IOException("the share log could not be written a moment ago: " + cause.getMessage(), cause);
        }
        abandon();
        try {
            OpenSegment created = create(forcedOffset);
            open = created;
            refusal = null;
            return created;
        } catch (IOException | RuntimeException e) {
            refuse(e);
            throw e;
        }
    }

    private OpenSegment create(long forcedOffset) throws IOException {
        // One that failed before anything in it was forced is replaced: a sick disk must not fill up with empty
        // segments.
        int number = lastNumber > 0 && lastFirstOffset == forcedOffset ? lastNumber : lastNumber + 1;
        SegmentHeader header = new SegmentHeader(
                id, settings.chain(), settings.proofOfWork(), settings.powShift(), number, forcedOffset);
        OpenSegment created = OpenSegment.create(files, directory, header, settings.segmentBytes());
        lastNumber = number;
        lastFirstOffset = forcedOffset;
        return created;
    }

    private boolean failedJustNow() {
        return hasFailed && clock.nanos() - failedAtNanos < RETRY_PAUSE.toNanos();
    }

    private void refuse(Exception cause) {
        refusal = cause;
        hasFailed = true;
        failedAtNanos = clock.nanos();
    }

    /**
     * Ends the present segment after a failure, and cuts off what it holds unforced by beginning the next at once; where
     * that fails too, or this is not the first failure within a second, the next waits a second.
     */
    void endFailed(Exception cause, long forcedOffset) {
        if (open == null) {
            return; // It could not even be begun: the pause runs already, and must not be prolonged.
        }
        abandon();
        boolean again = failedJustNow();
        refuse(cause);
        if (again) {
            return;
        }
        try {
            open = create(forcedOffset);
            refusal = null;
        } catch (IOException | RuntimeException e) {
            LOG.debug("The next segment in {} has to wait", directory, e);
        }
    }

    /** Closes the present segment for good, forced or not. */
    void abandon() {
        OpenSegment present = open;
        open = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                LOG.debug("A share-log segment in {} did not close; it is not used again", directory, e);
            }
        }
    }
}
