package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogShard;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.pool.kill.RecordingMiner.ShareKey;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.LogGroup;
import org.motepool.validator.log.ShareLogReader;

/** Compares what miners were told with what stands in the logs and in the journal. */
final class Witnesses {
    private static final int ANSWERED_MIN = 200;

    private Witnesses() {}

    /** Answered ⊆ logged ⊆ sent; each logged once; logged = journaled. */
    static void assertNothingIsLost(String what, List<RecordingMiner> miners, Path data) throws Exception {
        Set<ShareKey> sent = new HashSet<>();
        Set<ShareKey> answered = new HashSet<>();
        for (RecordingMiner miner : miners) {
            sent.addAll(miner.sent());
            answered.addAll(miner.answered());
        }
        Map<ShareKey, Integer> logged = logged(data);
        long unanswered =
                logged.keySet().stream().filter(key -> !answered.contains(key)).count();
        System.out.printf(
                "%s: %d sent, %d answered, %d logged, %d of them unanswered%n",
                what, sent.size(), answered.size(), logged.size(), unanswered);

        assertThat(answered).as("there was load").hasSizeGreaterThanOrEqualTo(ANSWERED_MIN);
        assertThat(logged.keySet()).containsAll(answered);
        assertThat(logged.values()).as("each is logged once").containsOnly(1);
        assertThat(sent)
                .as("what is logged beyond the answered ones was in flight")
                .containsAll(logged.keySet());
        assertThat(journaledShares(data)).isEqualTo(logged.size());
    }

    static List<Path> logDirectories(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data.resolve("shares"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    static Map<ShareKey, Integer> logged(Path data) throws IOException {
        Map<ShareKey, Integer> counts = new HashMap<>();
        for (Path log : logDirectories(data)) {
            try (ShareLogReader reader = ShareLogReader.open(log, LogFiles.DISK)) {
                for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                    for (LogRecord record : group.get().records()) {
                        if (record instanceof LogRecord.Share share) {
                            counts.merge(key(share), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return counts;
    }

    /** Whether a found block stands in a log; the pool may be running. */
    static boolean hasBlock(Path data) {
        try {
            for (Path log : logDirectories(data)) {
                try (ShareLogReader reader = ShareLogReader.open(log, LogFiles.DISK)) {
                    for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                        if (group.get().records().stream().anyMatch(LogRecord.BlockFound.class::isInstance)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ShareKey key(LogRecord.Share share) {
        return new ShareKey(share.jobNumber(), share.extranonces(), share.ntime(), share.nonce(), share.version());
    }

    /** Shares in all sealed slices; also checks that the ranges of every log follow each other without gap or overlap. */
    private static long journaledShares(Path data) throws Exception {
        Map<LogShard, Long> marks = new HashMap<>();
        long[] shares = new long[1];
        try (FileJournal journal =
                FileJournal.open(FileJournal.directoryIn(data), Optional.empty(), "devnet", (at, record) -> {
                    switch (record) {
                        case JournalRecord.SliceSealed slice -> {
                            slice.ranges().forEach(range -> follow(marks, range));
                            shares[0] += slice.shares();
                        }
                        case JournalRecord.BlockRegistered block ->
                            block.range().ifPresent(range -> follow(marks, range));
                        default -> {}
                    }
                })) {
            assertThat(journal.head().sequence()).isPositive();
        }
        return shares[0];
    }

    private static void follow(Map<LogShard, Long> marks, LogRange range) {
        assertThat(range.from()).isEqualTo(marks.getOrDefault(range.source(), 0L));
        marks.put(range.source(), range.to());
    }
}
