package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.core.address.Network;
import org.motepool.core.work.PowShift;

/** Twins against a pool on a real socket. */
@Timeout(60)
class TwinSwarmTest {
    private static final PowShift SHIFT = new PowShift(16);
    private ScriptedPool pool;

    @BeforeEach
    void open() throws Exception {
        pool = new ScriptedPool();
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
    }

    private TwinSwarm swarm(PowShift shift, TwinSpec... twins) {
        return TwinSwarm.start(
                new SwarmSettings("127.0.0.1", pool.port(), shift, 1, List.of(twins), Duration.ZERO, 1, 1));
    }

    private static TwinSpec twin(TwinKind kind, double rate) {
        return new TwinSpec(kind, rate, "U", kind.id().startsWith("leafminer") ? "" : "x");
    }

    /** Plays the pool's side of the transcript up to the job. */
    private static void greet(ScriptedPool.Session session, TwinKind kind) throws InterruptedException {
        switch (kind) {
            case NERDMINER -> {
                assertThat(session.line())
                        .isEqualTo(
                                "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdMinerV2/V1.8.3\"]}");
                session.send(Transcript.subscribed(1));
                assertThat(session.line())
                        .isEqualTo("{\"params\": [\"U\", \"x\"], \"id\": 2, \"method\": \"mining.authorize\"}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[0.00015]}");
                session.send(Transcript.ok(2), Transcript.ok(3));
            }
            case LEAFMINER_ESP8266, LEAFMINER_ESP32 -> {
                assertThat(session.line())
                        .isEqualTo(
                                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"LeafMiner/0.0.17\", null]}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"U\",\"\"]}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[0.000100]}");
                session.send(Transcript.subscribed(1), Transcript.ok(2), Transcript.ok(3));
            }
            case BITAXE -> {
                assertThat(session.line())
                        .isEqualTo("{\"id\":1,\"method\":\"mining.configure\",\"params\":"
                                + "[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"bitaxe/BM1370/v2.14.2\"]}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"U\",\"x\"]}");
                session.send(Transcript.configured(1), Transcript.subscribed(2), Transcript.ok(3));
                assertThat(session.line())
                        .isEqualTo("{\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[1000]}");
                assertThat(session.line())
                        .isEqualTo("{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}");
                session.send(Transcript.ok(4), Transcript.ok(5));
            }
            case CPUMINER -> {
                assertThat(session.line())
                        .isEqualTo("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}");
                session.send(Transcript.subscribed(1));
                assertThat(session.line())
                        .isEqualTo("{\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}");
                session.send(Transcript.ok(2));
            }
        }
        session.send(Transcript.DIFFICULTY, Transcript.JOB);
    }

    private static String submitForm(TwinKind kind) {
        return switch (kind) {
            case NERDMINER ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"00000001\",\"66b2c3d4\",\"[1-9a-f][0-9a-f]{0,7}\"]}";
            case LEAFMINER_ESP8266, LEAFMINER_ESP32 ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"[0-9A-F]{8}\",\"66b2c3d4\",\"[0-9a-f]{8}\"]}";
            case BITAXE ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"[0-9a-f]{2}000000\",\"66b2c3d4\",\"[0-9a-f]{8}\",\"[01][0-9a-f]{7}\"]}";
            case CPUMINER ->
                "\\{\"method\": \"mining.submit\", \"params\": "
                        + "\\[\"U\", \"1f\", \"[0-9a-f]{2}000000\", \"66b2c3d4\", \"[0-9a-f]{8}\"], \"id\":4}";
        };
    }

    private static int idOf(String submit) {
        return Integer.parseInt(submit.replaceFirst(".*\"id\":([0-9]+).*", "$1"));
    }

    @ParameterizedTest
    @EnumSource(TwinKind.class)
    void shakesHandsToTheByteAndFindsRealShares(TwinKind kind) throws Exception {
        // A Bitaxe of its default suggestion is a 1 TH/s board: it needs a larger shift to be cheap.
        PowShift shift = kind == TwinKind.BITAXE ? new PowShift(24) : SHIFT;
        double rate = kind == TwinKind.BITAXE ? 1e12 : 30e6;
        try (TwinSwarm swarm = swarm(shift, twin(kind, rate));
                ScriptedPool.Session session = pool.session()) {
            greet(session, kind);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                String submit = session.line();
                assertThat(submit).matches(submitForm(kind));
                assertThat(ShareCheck.levelOf(submit, Transcript.JOB, shift))
                        .as(submit)
                        .isGreaterThanOrEqualTo(kind == TwinKind.BITAXE ? 32 : 19);
                assertThat(seen.add(submit.replaceFirst("\"id\":[0-9]+", ""))).isTrue();
                session.send(
                        i == 9
                                ? Transcript.error(idOf(submit), 23, "Low difficulty share")
                                : Transcript.ok(idOf(submit)));
            }
            swarm.pause();
            while (!swarm.awaitReplies(Duration.ofMillis(200))) {
                session.lineIfAny().ifPresent(line -> session.send(Transcript.ok(idOf(line))));
            }

            SwarmReport.Counts counts = swarm.report().total();
            assertThat(swarm.report().byKind()).containsOnlyKeys(kind).containsValue(counts);
            assertThat(counts.accepted() + 1).isEqualTo(counts.submitted());
            assertThat(counts.rejectedByReason()).containsOnlyKeys("23 Low difficulty share");
            assertThat(counts.outstanding()).isZero();
            assertThat(counts.withAcceptedShare()).isEqualTo(1);
            assertThat(counts.firstShareMillis()).hasSize(1);
            assertThat(counts.connected()).isEqualTo(1);
        }
    }

    @Test
    void aCoinbaseOver255BytesMakesEveryShareOfANerdMinerWrong() throws Exception {
        String tooLong = Transcript.JOB.replace("\"042f6d702fff", "\"" + "00".repeat(110) + "042f6d702fff");
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.NERDMINER, 300e6), twin(TwinKind.LEAFMINER_ESP32, 300e6))) {
            assertThat(swarm.report().total().devices()).isEqualTo(2);
            int wrong = 0;
            int right = 0;
            for (int device = 0; device < 2; device++) {
                ScriptedPool.Session session = pool.session();
                String hello = session.line();
                boolean nerdMiner = hello.contains("NerdMiner");
                session.send(Transcript.subscribed(1), Transcript.ok(2), Transcript.DIFFICULTY, tooLong);
                for (int shares = 0; shares < 20; ) {
                    String line = session.line();
                    if (line.contains("mining.submit")) {
                        shares++;
                        // Beyond the pow-shift's bits a wrong header reaches level 19 once in eight times.
                        boolean good = ShareCheck.levelOf(line, tooLong, SHIFT) >= 19;
                        wrong += nerdMiner && !good ? 1 : 0;
                        right += !nerdMiner && good ? 1 : 0;
                    }
                }
            }
            assertThat(right).isEqualTo(20);
            assertThat(wrong).isGreaterThan(8);
        }
    }

    @Test
    void aNerdMinerThatHearsSomethingElseFirstDialsAgainAtOnce() throws Exception {
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.NERDMINER, 30e6))) {
            try (ScriptedPool.Session first = pool.session()) {
                first.line();
                first.send(Transcript.DIFFICULTY);
                first.awaitEnd();
            }
            try (ScriptedPool.Session second = pool.session()) {
                greet(second, TwinKind.NERDMINER);
                second.line();
                assertThat(swarm.report().total().reconnects()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLeafMinerComesBackWithoutSubscribing() throws Exception {
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.LEAFMINER_ESP32, 30e6))) {
            try (ScriptedPool.Session first = pool.session()) {
                greet(first, TwinKind.LEAFMINER_ESP32);
                first.line();
            }
            try (ScriptedPool.Session second = pool.session()) {
                String submit = second.line();
                assertThat(submit).matches(submitForm(TwinKind.LEAFMINER_ESP32));
                second.send(Transcript.error(idOf(submit), 25, "Not subscribed"));
                String next = second.line();
                assertThat(next).contains("mining.submit");
                swarm.pause();
                // The reply to the line above is still due, and one to each share that was on its way.
                second.send(Transcript.error(idOf(next), 25, "Not subscribed"));
                while (!swarm.awaitReplies(Duration.ofMillis(200))) {
                    second.lineIfAny()
                            .ifPresent(line -> second.send(Transcript.error(idOf(line), 25, "Not subscribed")));
                }
                assertThat(swarm.report().total().rejectedByReason()).containsOnlyKeys("25 Not subscribed");
                assertThat(swarm.report().total().unanswered()).isPositive();
            }
        }
    }

    @Test
    void anEsp8266KeepsWhatItDoesNotReadYet() throws Exception {
        // About a share a second, as long as the gap after which it falls deaf.
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.LEAFMINER_ESP8266, 500e3));
                ScriptedPool.Session session = pool.session()) {
            greet(session, TwinKind.LEAFMINER_ESP8266);
            String submit = session.line();
            session.send(
                    Transcript.ok(idOf(submit)), Transcript.difficulty("0.0000152587890625"), Transcript.job("20"));
            while (submit.contains("\"1f\"")) {
                submit = session.line();
            }
            assertThat(submit).contains("\"20\"");
            assertThat(ShareCheck.levelOf(submit, Transcript.JOB, SHIFT)).isGreaterThanOrEqualTo(16);
            assertThat(swarm.report().total().accepted()).isPositive();
        }
    }

    @Test
    void stoppedDevicesStillHearTheirReplies() throws Exception {
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.CPUMINER, 30e6));
                ScriptedPool.Session session = pool.session()) {
            greet(session, TwinKind.CPUMINER);
            session.line();
            swarm.stop();
            assertThat(swarm.awaitReplies(Duration.ofMillis(50))).isFalse();
            long submitted = swarm.report().total().submitted();
            for (int i = 0; i < submitted; i++) {
                session.send(Transcript.ok(4));
            }
            assertThat(swarm.awaitReplies(Duration.ofSeconds(5))).isTrue();

            assertThat(swarm.report().total().accepted()).isEqualTo(submitted);
            assertThat(swarm.report().total().submitted()).isEqualTo(submitted);
        }
    }

    @Test
    void closingLeavesNoThreadAndNoLink() throws Exception {
        TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.CPUMINER, 30e6), twin(TwinKind.NERDMINER, 400e3));
        ScriptedPool.Session first = pool.session();
        ScriptedPool.Session second = pool.session();
        first.line();
        second.line();
        assertThat(twinThreads()).isNotEmpty();
        swarm.close();
        first.awaitEnd();
        second.awaitEnd();

        assertThat(twinThreads()).isEmpty();
        swarm.close();
    }

    private static List<String> twinThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("twin-"))
                .toList();
    }

    @Test
    void aPoolThatIsNotThereIsNoError() throws Exception {
        pool.close();
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.NERDMINER, 400e3), twin(TwinKind.BITAXE, 2e9))) {
            assertThat(swarm.awaitReplies(Duration.ofSeconds(1))).isTrue();
            assertThat(swarm.report().total().connected()).isZero();
        }
    }

    @Test
    void fiveHundredDevicesMineInOneProcess() throws Exception {
        ObligingPool.serve(pool);
        List<TwinSpec> fleet = DemoFleet.specs(500, 3, Network.DEVNET);
        try (TwinSwarm swarm = TwinSwarm.start(SwarmSettings.of("127.0.0.1", pool.port(), SHIFT, 3, fleet))) {
            CountDownLatch pause = new CountDownLatch(1);
            for (int waits = 0; waits < 150 && swarm.report().total().withAcceptedShare() < 400; waits++) {
                assertThat(pause.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }

            assertThat(swarm.report().total().withAcceptedShare())
                    .as("%s", swarm.report())
                    .isGreaterThanOrEqualTo(400);
            assertThat(swarm.report().byKind()).containsOnlyKeys(TwinKind.values());
            assertThat(swarm.report().total().rejected()).isZero();
        }
    }
}
