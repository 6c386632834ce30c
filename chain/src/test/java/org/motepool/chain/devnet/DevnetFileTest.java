package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.address.Network;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Nbits;

class DevnetFileTest {
    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock(DevnetFixture.START_SECONDS);
    private Path file = Path.of("");
    private DevnetSettings settings = DevnetFixture.settings();

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("devnet").resolve("blocks");
        settings = DevnetFixture.settings().withFile(file);
    }

    private DevnetFixture open() {
        return new DevnetFixture(settings, clock);
    }

    private List<Hash256> mine(int blocks) {
        List<Hash256> hashes = new ArrayList<>();
        try (DevnetFixture devnet = open()) {
            for (int i = 0; i < blocks; i++) {
                hashes.add(devnet.mineOne().hash());
            }
        }
        return hashes;
    }

    private void refusesToOpen(String... words) {
        assertThatThrownBy(() -> DevnetChain.open(settings, clock, new CollectorRegistry()))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(Arrays.copyOf(words, words.length, CharSequence[].class));
    }

    @Test
    void goesOnWhereItWasLeftWithBranches() throws ChainException {
        Hash256 tip;
        Hash256 orphan;
        RawBlock kept;
        try (DevnetFixture devnet = open()) {
            kept = devnet.mineOne();
            orphan = devnet.mineOne().hash();
            devnet.chain.reorg(1);
            devnet.mineOne();
            tip = devnet.chain.tip().hash();
        }
        clock.advance(Duration.ofHours(9));
        try (DevnetFixture devnet = open()) {
            assertThat(devnet.chain.tip().hash()).isEqualTo(tip);
            assertThat(devnet.chain.block(orphan).orElseThrow().confirmations()).isEqualTo(-1);
            assertThat(devnet.chain.block(kept.hash()).orElseThrow().coinbase())
                    .isEqualTo(kept.coinbase().withoutWitness());
            assertThat(devnet.word(kept)).isEqualTo("duplicate");
            assertThat(devnet.mineOne().header().prevHash()).isEqualTo(tip);
        }
    }

    @Test
    void keepsItsDifficultyOverANight() {
        mine(4);
        Nbits before;
        try (DevnetFixture devnet = open()) {
            before = devnet.template().nbits();
        }
        clock.advance(Duration.ofHours(9));
        try (DevnetFixture devnet = open()) {
            assertThat(devnet.template().nbits()).isEqualTo(before);
        }
    }

    @Test
    void startsAgainFromChangedSettings() {
        mine(4);
        settings = DevnetSettings.defaults(BigInteger.ONE.shiftLeft(19)).withFile(file);
        try (DevnetFixture devnet = open()) {
            Nbits start = new Retarget(settings.blockTime(), settings.powShift()).start(settings.startHashesPerBlock());
            assertThat(devnet.template().nbits()).isEqualTo(start);
            devnet.mineOne();
        }
        try (DevnetFixture devnet = open()) {
            assertThat(devnet.chain.tip().height()).isEqualTo(5);
        }
    }

    @Test
    void refusesToMineATransactionAgainAfterAReopen() {
        RawBlock first;
        try (DevnetFixture devnet = open()) {
            first = devnet.mineOne();
        }
        try (DevnetFixture devnet = open()) {
            RawBlock next = devnet.miner.mine(devnet.template());
            RawBlock again = devnet.miner.withOthers(next, first.transactions().subList(1, 2));
            assertThat(devnet.word(again)).isEqualTo("bad-txns-inputs-missingorspent");
        }
    }

    @Test
    void cutsARecordThatWasNotWrittenToItsEnd() throws IOException {
        mine(1);
        long whole = Files.size(file);
        List<Hash256> hashes = mine(1);
        byte[] bytes = Files.readAllBytes(file);
        for (int cut = bytes.length - 1; cut > whole; cut -= 23) {
            Files.write(file, Arrays.copyOf(bytes, cut));
            try (DevnetFixture devnet = open()) {
                assertThat(devnet.chain.tip().height()).as("cut at %s", cut).isEqualTo(1);
                assertThat(devnet.chain.block(hashes.getFirst())).isEmpty();
                devnet.mineOne();
            }
            try (DevnetFixture devnet = open()) {
                assertThat(devnet.chain.tip().height()).isEqualTo(2);
            }
        }
    }

    @Test
    void beginsAnewWhenEvenTheFirstRecordIsTorn() throws IOException {
        mine(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5));
        assertThat(mine(1)).hasSize(1);
        try (DevnetFixture devnet = open()) {
            assertThat(devnet.chain.tip().height()).isEqualTo(1);
        }
    }

    @Test
    void refusesDamageInTheMiddleAndLeavesTheFileAlone() throws IOException {
        mine(3);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        refusesToOpen("damaged at byte", "move it away");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a diary, not a chain");

        refusesToOpen("not a devnet", file.toString());
    }

    @Test
    void refusesADevnetOfOtherSettings() {
        mine(1);
        settings = new DevnetSettings(
                Network.DEVNET,
                settings.powShift(),
                settings.blockTime(),
                BigInteger.ONE,
                6,
                20,
                100,
                1,
                settings.file());

        refusesToOpen("halving 210000", "100", "--data", file.toString());
    }

    @Test
    void refusesAFileThatIsInUse() {
        try (DevnetFixture devnet = open()) {
            refusesToOpen("in use", file.toString());
            devnet.mineOne();
        }
    }

    @Test
    void refusesABlockThatItCannotKeepAndSaysWhy() throws Exception {
        Retarget retarget = new Retarget(settings.blockTime(), settings.powShift());
        OpenedChain opened = OpenedChain.open(settings, retarget, clock.epochSeconds());
        ChainFile kept = Objects.requireNonNull(opened.file());
        TemplateThread.Pace never = new TemplateThread.Pace(Duration.ofHours(1), Duration.ofHours(1));
        CompletableFuture<BlockTemplate> heard = new CompletableFuture<>();
        try (DevnetChain chain = new DevnetChain(settings, clock, new CollectorRegistry(), retarget, opened, never)) {
            chain.start((template, newTip) -> heard.complete(template));
            RawBlock block = new DevnetMiner(settings.powShift()).mine(heard.get(10, TimeUnit.SECONDS));
            kept.close();
            SubmitOutcome outcome =
                    chain.submit(block.hash(), block.serialized()).get(10, TimeUnit.SECONDS);

            assertThat(outcome.accepted()).isFalse();
            assertThat(outcome.answers().getFirst()).contains("cannot write " + file);
            assertThat(chain.tip().height()).isZero();
            assertThat(chain.nodes().getFirst().up()).isFalse();
            assertThat(chain.nodes().getFirst().trouble()).contains("cannot write");
        }
    }
}
