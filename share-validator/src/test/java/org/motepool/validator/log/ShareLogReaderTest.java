package org.motepool.validator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.motepool.validator.log.LogFixtures.append;
import static org.motepool.validator.log.LogFixtures.groups;
import static org.motepool.validator.log.LogFixtures.settings;
import static org.motepool.validator.log.LogFixtures.share;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;

class ShareLogReaderTest {
    private static final int SHARES = 4;

    @TempDir
    Path shares;

    private Path directory = Path.of("");
    private List<LogGroup> written = List.of();

    /** Four groups of a share each and one of a CUT, in one segment. */
    @BeforeEach
    void write() throws Exception {
        directory = write(SHARES, 16 << 10);
        written = groups(directory);
    }

    private Path write(int count, int segmentBytes) throws Exception {
        ShareLogWriter log = ShareLogWriter.open(
                settings(shares).withSegmentBytes(segmentBytes),
                LogFiles.DISK,
                new SecureRandom(),
                PoolClock.SYSTEM,
                new CollectorRegistry());
        for (int nonce = 0; nonce < count; nonce++) {
            assertThat(append(log, share(1, 1, nonce))).isEmpty();
        }
        log.close();
        return log.directory();
    }

    private Path segment(int number) {
        return directory.resolve(SegmentHeader.fileName(number));
    }

    private static int position(long offset) {
        return Math.toIntExact(SegmentHeader.BYTES + offset);
    }

    @Test
    void endsBeforeALastGroupThatIsTornAtAnyByte() throws Exception {
        LogGroup last = written.getLast();
        byte[] whole = Files.readAllBytes(segment(1));
        for (int cut = position(last.offset()); cut < position(last.end()); cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, torn.length, (byte) 0);
            Files.write(segment(1), torn);
            // A group whose last bytes are zero anyway is whole without them.
            boolean isWhole = Arrays.equals(torn, whole);
            assertThat(groups(directory)).isEqualTo(isWhole ? written : written.subList(0, written.size() - 1));
            Files.write(segment(1), Arrays.copyOf(whole, cut));
            assertThat(groups(directory)).isEqualTo(written.subList(0, written.size() - 1));
        }
    }

    @Test
    void endsBeforeALastGroupWithAnyByteChanged() throws Exception {
        LogGroup last = written.getLast();
        byte[] whole = Files.readAllBytes(segment(1));
        for (int at = position(last.offset()); at < position(last.end()); at++) {
            byte[] wrong = whole.clone();
            wrong[at] ^= 0x10;
            Files.write(segment(1), wrong);
            assertThat(groups(directory)).isEqualTo(written.subList(0, written.size() - 1));
        }
    }

    @Test
    void aChangedByteInAForcedGroupIsCorruption() throws Exception {
        byte[] whole = Files.readAllBytes(segment(1));
        for (LogGroup group : written.subList(0, written.size() - 1)) {
            for (int at = position(group.offset()); at < position(group.end()); at += 3) {
                byte[] wrong = whole.clone();
                wrong[at] ^= 0x01;
                Files.write(segment(1), wrong);
                assertThatThrownBy(() -> groups(directory))
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining(segment(1).toString())
                        .hasMessageContaining("log offset " + group.offset())
                        .hasMessageContaining("had been forced");
            }
        }
    }

    @Test
    void aForcedGroupThatBecameZeroIsCorruption() throws Exception {
        byte[] wrong = Files.readAllBytes(segment(1));
        LogGroup lost = written.get(1);
        Arrays.fill(wrong, position(lost.offset()), position(lost.end()), (byte) 0);
        Files.write(segment(1), wrong);
        assertThatThrownBy(() -> groups(directory)).isInstanceOf(CorruptLogException.class);
    }

    @Test
    void aWrongGroupBelowTheForcedOffsetOfALivingLogIsCorruption() throws Exception {
        byte[] wrong = Files.readAllBytes(segment(1));
        LogGroup last = written.getLast();
        wrong[position(last.offset()) + 30] ^= 1;
        Files.write(segment(1), wrong);
        assertThatThrownBy(() -> LogFixtures.entries(directory, 0, last.end()))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("the log is forced up to log offset " + last.end());
    }

    @Test
    void aSegmentThatIsNotTheLastMayNotEndEarly() throws Exception {
        directory = write(100, 4 << 10);
        byte[] whole = Files.readAllBytes(segment(1));
        byte[] wrong = whole.clone();
        Arrays.fill(wrong, whole.length / 2, whole.length, (byte) 0);
        Files.write(segment(1), wrong);
        assertThatThrownBy(() -> groups(directory))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("the next segment says");
        Files.write(segment(1), whole);
        assertThat(LogFixtures.nonces(directory)).hasSize(100);
        Files.delete(segment(2));
        assertThatThrownBy(() -> groups(directory))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("does not follow segment 1");
    }

    @Test
    void readsALogWhoseOldestSegmentsAreGone() throws Exception {
        directory = write(100, 4 << 10);
        Files.delete(segment(1));
        assertThat(LogFixtures.nonces(directory)).isNotEmpty().last().isEqualTo(99);
    }

    @Test
    void refusesAnotherFormatVersionByName() throws Exception {
        changeHeader(8, 2);
        assertThatThrownBy(() -> groups(directory))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining(segment(1).toString())
                .hasMessageContaining("format version 2, this version of Motepool reads 1");
    }

    @Test
    void refusesAFileThatIsNoSegment() throws Exception {
        changeHeader(0, 'X');
        assertThatThrownBy(() -> groups(directory)).hasMessageContaining("no segment of a share log");
    }

    @Test
    void refusesAnyChangedByteOfAHeader() throws Exception {
        byte[] whole = Files.readAllBytes(segment(1));
        for (int at = 0; at < SegmentHeader.BYTES; at++) {
            changeHeader(at, whole[at] ^ 0x20);
            assertThatThrownBy(() -> groups(directory)).isInstanceOf(CorruptLogException.class);
            Files.write(segment(1), whole);
        }
    }

    @Test
    void refusesASegmentUnderAnothersName() throws Exception {
        Files.copy(segment(1), segment(2));
        assertThatThrownBy(() -> groups(directory)).hasMessageContaining("its header says that it is segment 1");
    }

    @Test
    void namesADirectoryWithoutSegments() {
        assertThatThrownBy(() -> groups(shares.resolve("nothing")))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("there is no segment");
    }

    private void changeHeader(int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(segment(1));
        bytes[at] = (byte) value;
        Files.write(segment(1), bytes);
    }
}
