package org.motepool.validator.log;

import java.nio.file.Path;
import java.time.Duration;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

/**
 * How this process keeps its share log. Immutable.
 *
 * @param directory that holds one directory for each log; created where missing
 * @param chain id of the network, as {@code Network.id()}: at most 32 bytes
 * @param segmentBytes preallocated size of a segment; one that is written in one go beyond its end may be larger
 * @param cutInterval how often a CUT ends an outbox entry while something is written
 */
public record ShareLogSettings(
        Path directory,
        String chain,
        ProofOfWork proofOfWork,
        PowShift powShift,
        long segmentBytes,
        Duration cutInterval) {
    public static final long SEGMENT_BYTES_DEFAULT = 64L << 20;
    /** Below this the header and the job that every segment repeats would outweigh the shares. */
    public static final long SEGMENT_BYTES_MIN = 4L << 10;
    /** A segment is the unit of deletion and of the search for its end: more would make both coarse. */
    public static final long SEGMENT_BYTES_MAX = 1L << 30;

    public static final Duration CUT_INTERVAL_DEFAULT = Duration.ofSeconds(1);

    public ShareLogSettings {
        if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX) {
            throw new IllegalArgumentException("a share-log segment has " + SEGMENT_BYTES_MIN + " to "
                    + SEGMENT_BYTES_MAX + " bytes, not " + segmentBytes);
        }
        if (!cutInterval.isPositive()) {
            throw new IllegalArgumentException("the interval of cuts is positive, not " + cutInterval);
        }
        SegmentHeader.requireChain(chain);
    }

    /** SHA-256d, segments of 64 MiB, a CUT a second. */
    public static ShareLogSettings of(Path directory, String chain, PowShift powShift) {
        return new ShareLogSettings(
                directory, chain, ProofOfWork.SHA256D, powShift, SEGMENT_BYTES_DEFAULT, CUT_INTERVAL_DEFAULT);
    }

    /** The same of another proof of work. */
    public ShareLogSettings withProofOfWork(ProofOfWork proof) {
        return new ShareLogSettings(directory, chain, proof, powShift, segmentBytes, cutInterval);
    }

    /** The same with another segment size, in bytes. */
    public ShareLogSettings withSegmentBytes(long bytes) {
        return new ShareLogSettings(directory, chain, proofOfWork, powShift, bytes, cutInterval);
    }

    /** The same with another interval of cuts. */
    public ShareLogSettings withCutInterval(Duration interval) {
        return new ShareLogSettings(directory, chain, proofOfWork, powShift, segmentBytes, interval);
    }
}
