package org.motepool.pool.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.Main;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.Settings;

class MachineChecksTest {
    @TempDir
    private Path directory;

    private Remark space(long free) throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "devnet", "test");
        PoolConfig config = ConfigChecker.check(settings, List.of());
        Remarks remarks = new Remarks(settings);
        new MachineChecks(config, PoolClock.SYSTEM, remarks).space(Key.DATA, directory, free);
        assertThat(remarks.all()).hasSizeLessThanOrEqualTo(1);
        return remarks.all().isEmpty() ? null : remarks.all().getFirst();
    }

    @Test
    void aDiskThatIsNearlyFullIsAnErrorAndOneThatWillBeAWarning() throws Exception {
        assertThat(space(MachineChecks.FREE_BYTES_ENOUGH)).isNull();
        assertThat(space(MachineChecks.FREE_BYTES_ENOUGH - 1).weight()).isEqualTo(Weight.WARNING);
        Remark full = space(200L << 20);
        assertThat(full.weight()).isEqualTo(Weight.ERROR);
        assertThat(full.finding().what()).contains("200 MiB left");
        assertThat(full.finding().mend()).contains("Make room");
    }

    @Test
    void fewOpenFilesAreTold() throws Exception {
        Process check = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n 600 && exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" \"$2\" check-config --online"
                                + " --network devnet --stratum-port 0 --http-port 0 --management-port 0 --data \"$3\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String text = output(check);
            assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(check.exitValue()).as(text).isEqualTo(Failure.WRONG_SETTINGS);
            assertThat(text)
                    .contains("may open 600 files")
                    .contains("about 88 can connect")
                    .contains("LimitNOFILE=");
        } finally {
            check.destroyForcibly();
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
