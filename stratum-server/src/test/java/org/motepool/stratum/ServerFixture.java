package org.motepool.stratum;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.JobBuilder;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.log.ShareLog;

/** The world of the recorded conversations: its job, its numbers, its second. */
final class ServerFixture {
    static final int SECOND = 0x66b2c3d4;
    static final int JOB_NUMBER = 0x1f;
    static final int EXTRANONCE1 = 0x1a2b3c4d;
    static final Level LEVEL = new Level(19);

    static final PayoutAddress ADDRESS =
            PayoutAddress.ofWitnessKeyHash(Bytes.ofHex("000102030405060708090a0b0c0d0e0f10111213"), Network.REGTEST);
    static final String USER = ADDRESS.canonical() + ".desk";

    static final String DIFF = "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.0001220703125]}";
    static final String JOB =
            "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"1f\",\"95b42ba5238ffde5d3276799d647a082c9e05e080000c4ae0000000000000000\",\"02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff1203a0bb0d08\",\"042f6d702fffffffff02205fa0120000000016001486322549067a6955e10bd173ebe3750a37b8d26b0000000000000000266a24aa21a9ed7dcf70bfe0c165ee92c84469812e7a6aa828742074e290930ad6f5e218e9bb7500000000\",[\"be4cebe2193f1bb71bca8ca879d539a3d93fc22910e33c2c6ec0690f8a902bcc\",\"60feeeeb7af9e47ff2745664ab189508616e3c6fe9d1a174a432a435f3d301d0\"],\"20000000\",\"17034219\",\"66b2c3d4\",true]}";

    private static final Hash256 PREVHASH =
            swapWords("95b42ba5238ffde5d3276799d647a082c9e05e080000c4ae0000000000000000");

    private ServerFixture() {}

    private static Hash256 swapWords(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] internal = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            internal[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        return Hash256.ofInternal(internal);
    }

    static BlockTemplate template() {
        return template(PREVHASH, Nbits.ofHex("17034219"), SECOND);
    }

    static BlockTemplate template(Hash256 prevHash, Nbits nbits, int curTime) {
        return BlockTemplate.of(
                900_000,
                prevHash,
                0x2000_0000,
                nbits,
                curTime - 600,
                curTime,
                312_500_000L,
                Optional.of(Bytes.ofHex("6a24aa21a9ed" + "00".repeat(32))),
                List.of());
    }

    /** Whatever the template: the recorded job, under the next number. */
    static JobBuilder recordedJobs() {
        return (template, number, ntime) -> new Job(
                number,
                900_000,
                PREVHASH,
                Bytes.ofHex(
                        "02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff1203a0bb0d08"),
                Bytes.ofHex(
                        "042f6d702fffffffff02205fa0120000000016001486322549067a6955e10bd173ebe3750a37b8d26b0000000000000000266a24aa21a9ed7dcf70bfe0c165ee92c84469812e7a6aa828742074e290930ad6f5e218e9bb7500000000"),
                8,
                List.of(
                        Hash256.ofInternal(
                                Bytes.ofHex("be4cebe2193f1bb71bca8ca879d539a3d93fc22910e33c2c6ec0690f8a902bcc")),
                        Hash256.ofInternal(
                                Bytes.ofHex("60feeeeb7af9e47ff2745664ab189508616e3c6fe9d1a174a432a435f3d301d0"))),
                0x2000_0000,
                Nbits.ofHex("17034219"),
                ntime,
                Scheme.PPLNS);
    }

    static WorkSource recordedWork() {
        return new WorkSource(recordedJobs(), JOB_NUMBER, EXTRANONCE1);
    }

    static StratumSettings settings() {
        return settings(Optional.of(LEVEL), StratumLimits.DEFAULT);
    }

    static StratumSettings settings(Optional<Level> fixedLevel, StratumLimits limits) {
        return new StratumSettings(
                List.of(ListenerSettings.main("127.0.0.1", 0, Scheme.PPLNS)),
                Optional.empty(),
                List.of(),
                Network.REGTEST,
                ADDRESS.script(),
                "/mp/",
                100,
                Duration.ofSeconds(3),
                fixedLevel,
                "node-test",
                2,
                limits);
    }

    static FakeChain chain() {
        return new FakeChain(ChainParameters.of(Network.REGTEST)).withTemplate(template());
    }

    static StratumParts parts(Chain chain, ShareLog log, PoolClock clock) {
        return new StratumParts(
                chain,
                log,
                new ScalarShareHasher(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock,
                new CollectorRegistry(),
                BlockListener.NONE);
    }
}
