package org.motepool.payout.accountant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.outbox.WorkCell;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogShard;
import org.motepool.payout.journal.JournalException;

/** A hundred thousand shares a second in entries of ten nodes, through a real journal, for a minute. */
final class ThroughputTest {
    private static final int LOGS = 10;
    private static final int ACCOUNTS = 1_000;
    private static final long SHARES_A_CELL = 10;
    private static final long SHARES_A_SECOND = LOGS * ACCOUNTS * SHARES_A_CELL;
    private static final long FLAT_BYTES_MAX = 48L << 20;

    @TempDir
    private Path data;

    @Test
    @Tag("soak")
    void takesAHundredThousandSharesASecondForAMinuteWithFlatMemory() throws JournalException {
        List<WorkCell> cells = cells();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            addresses.add(Fixtures.address(i).canonical());
        }
        try (Pool pool = new Pool(data)) {
            pool.accountant.begin();
            long begin = System.nanoTime();
            long used = 0;
            long seconds = 0;
            while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60)) {
                for (int log = 0; log < LOGS; log++) {
                    pool.store.append(entry(Fixtures.log(log), seconds, seconds == 0 ? addresses : List.of(), cells));
                }
                pool.turn();
                pool.clock.advance(Duration.ofSeconds(1));
                seconds++;
                if (seconds == 200) {
                    used = used();
                }
            }
            pool.run(Duration.ofSeconds(3));
            long nanos = System.nanoTime() - begin;
            long rate = seconds * SHARES_A_SECOND * TimeUnit.SECONDS.toMillis(1) / TimeUnit.NANOSECONDS.toMillis(nanos);
            long growth = used() - used;
            long bytes = journalBytes();
            System.out.printf(
                    "accountant: %d shares/s over %d s of entries, %d slices, heap grew by %d KiB,"
                            + " journal %d bytes per account and slice%n",
                    rate, seconds, pool.books.slices(), growth >> 10, bytes / pool.books.slices() / ACCOUNTS);
            assertThat(seconds).as("the memory of the first 200 s was seen").isGreaterThan(200);
            assertThat(pool.books.shares()).isEqualTo(seconds * SHARES_A_SECOND);
            assertThat(rate).isGreaterThan(SHARES_A_SECOND);
            assertThat(growth).isLessThan(FLAT_BYTES_MAX);
        }
    }

    private static List<WorkCell> cells() {
        TreeSet<WorkCell> cells = new TreeSet<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            cells.add(new WorkCell(Scheme.PPLNS, Fixtures.NBITS, Fixtures.account(i), 1L << (i % 40), SHARES_A_CELL));
        }
        return List.copyOf(cells);
    }

    private static WorkEntry entry(LogShard log, long second, List<String> addresses, List<WorkCell> cells) {
        return new WorkEntry(
                Network.DEVNET.id(),
                log,
                second * 100,
                second * 100 + 100,
                addresses,
                cells,
                Bytes.copyOf(new byte[32]),
                Optional.empty());
    }

    private long journalBytes() {
        long bytes = 0;
        for (File file : Optional.ofNullable(data.resolve("journal").toFile().listFiles())
                .orElse(new File[0])) {
            bytes += file.length();
        }
        return bytes;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
