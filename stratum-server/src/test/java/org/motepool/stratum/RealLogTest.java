package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.time.FakeClock;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.PowShift;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.LogGroup;
import org.motepool.validator.log.ShareLogReader;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/** The server with the share log that it has in earnest. */
class RealLogTest {
    @Test
    void whatWasAnsweredTrueCanBeReadFromTheLog(@TempDir Path data) throws Exception {
        Path directory;
        try (ShareLogWriter log = ShareLogWriter.open(
                ShareLogSettings.of(data, "regtest", PowShift.NONE),
                LogFiles.DISK,
                new SecureRandom(),
                PoolClock.SYSTEM,
                new CollectorRegistry())) {
            directory = log.directory();
            try (StratumServer server = StratumServer.start(
                            ServerFixture.settings(),
                            ServerFixture.parts(ServerFixture.chain(), log, new FakeClock(ServerFixture.SECOND)),
                            ServerFixture.recordedWork());
                    Miner miner = new Miner(server.port())) {
                miner.logIn("cpuminer/2.5.1");
                assertThat(miner.submit("1f", "00000001", "da5d0af0")).contains("\"result\":true");
                assertThat(miner.submit("1f", "00000001", "adc39")).contains("\"result\":true");
                assertThat(miner.submit("1f", "00000001", "da567ed8")).contains("[23,");
            }
        }
        List<LogRecord.Share> shares = new ArrayList<>();
        try (ShareLogReader reader = ShareLogReader.open(directory, LogFiles.DISK)) {
            for (Optional<LogGroup> group = reader.next(); group.isPresent(); group = reader.next()) {
                group.get().records().forEach(record -> {
                    if (record instanceof LogRecord.Share share) {
                        shares.add(share);
                    }
                });
            }
        }
        assertThat(shares).extracting(LogRecord.Share::nonce).containsExactly(0xda5d0af0, 0xadc39);
        assertThat(shares).allSatisfy(share -> assertThat(share.level()).isEqualTo(ServerFixture.LEVEL));
    }
}
