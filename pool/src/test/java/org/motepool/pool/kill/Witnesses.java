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

    /**
     * Twins, whose shares are counted and not known one by one.
     *
     * @param answered {@code true} to so many
     * @param sent so many
     */
    record Twins(long answered, long sent) {
        static final Twins NONE = new Twins(0, 0);
    }

    /**
     * One node and the devices that mined there, whose shares are known one by one.
     *
     * @param data its directory with share logs
     */
    record Node(Path data, List<RecordingMiner> miners) {}

    /** Answered ⊆ logged ⊆ sent; each logged once; logged = journaled. */
    static void assertNothingIsLost(String what, List<RecordingMiner> miners, Path data) throws Exception {
        assertNothingIsLost(what, List.of(new Node(data, miners)), Twins.NONE, data);
    }

    /**
     * The same of several nodes; keys are compared within each, for two nodes number alike.
     *
     * @param twins of all nodes
     * @param accountant data directory with the journal
     */
    static void assertNothingIsLost(String what, List<Node> nodes, Twins twins, Path accountant) throws Exception {
        int allAnswered = 0;
        long records = 0;
        long ofOthers = 0;
        for (Node node : nodes) {
            Set<ShareKey> sent = new HashSet<>();
            Set<ShareKey> answered = new HashSet<>();
            for (RecordingMiner miner : node.miners()) {
                sent.addAll(miner.sent());
                answered.addAll(miner.answered());
            }
            Map<Logged, Integer> logged = logged(node.data());
            List<ShareKey> keys = logged.keySet().stream().map(Logged::key).toList();
            long unanswered =
                    keys.stream().filter(key -> !answered.contains(key)).count();
            System.out.printf(
                    "%s: %d sent, %d answered, %d logged, %d of them not answered to these%n",
                    what, sent.size(), answered.size(), logged.size(), unanswered);
            assertThat(Set.copyOf(keys)).containsAll(answered);
            assertThat(logged.values()).as("each is logged once").containsOnly(1);
            allAnswered += answered.size();
            records += logged.size();
            ofOthers += keys.stream().filter(key -> !sent.contains(key)).count();
        }
        assertThat(allAnswered).as("witnesses were answered").isPositive();
        assertThat(allAnswered + twins.answered()).as("there was load").isGreaterThanOrEqualTo(ANSWERED_MIN);
        assertThat(ofOthers)
                .as("what is logged beyond was sent by %s", twins)
                .isBetween(twins.answered(), twins.sent());
        assertThat(journaledShares(accountant)).isEqualTo(records);
    }

    static List<Path> logDirectories(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data.resolve("shares"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    /** Each process numbers its jobs and connections from one, and has a log of its own. */
    record Logged(Path log, ShareKey key) {}

    /** How often each share stands in the logs of a node. */
    static Map<Logged, Integer> logged(Path data) throws IOException {
        Map<Logged, Integer> counts = new HashMap<>();
        for (Path log : logDirectories(data)) {
            try (ShareLogReader reader = ShareLogReader.open(log, LogFiles.DISK)) {
                for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                    for (LogRecord record : group.get().records()) {
                        if (record instanceof LogRecord.Share share) {
                            counts.merge(new Logged(log, key(share)), 1, Integer::sum);
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
