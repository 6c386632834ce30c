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
                new SwarmSettings("127.0.0.1", pool.port(), shift, 1, List.of(twins), Duration.ZERO, 1, 1, List.of()));
    }

    private static TwinSpec twin(TwinKind kind, double rate) {
        return new TwinSpec(kind, rate, "U", kind.usualPassword());
    }

    /** Plays the pool's side of the transcript up to the job. */
    private static void greet(ScriptedPool.Session session, TwinKind kind) throws InterruptedException {
        for (String step : Handshakes.of(kind)) {
            play(session, step);
        }
    }

    private static void play(ScriptedPool.Session session, String step) throws InterruptedException {
        if (step.startsWith("C ")) {
            assertThat(session.line()).isEqualTo(step.substring(2));
        } else {
            session.send(step.substring(2));
        }
    }

    /** As {@link #greet}; the board has read each line before the next one leaves, so each is a segment of its own. */
    private static void greetLineByLine(TwinSwarm swarm, ScriptedPool.Session session, TwinKind kind)
            throws InterruptedException {
        long bytes = 0;
        for (String step : Handshakes.of(kind)) {
            play(session, step);
            bytes += step.startsWith("S ") ? step.length() - 1 : 0;
            while (swarm.report().total().bytesDown() < bytes) {
                Thread.onSpinWait();
            }
        }
    }

    private static int idOf(String submit) {
        return Integer.parseInt(submit.replaceFirst(".*\"id\": ?([0-9]+).*", "$1"));
    }

    /** Skips what a board says between its shares. */
    private static String nextShare(ScriptedPool.Session session) throws InterruptedException {
        String line = session.line();
        while (!line.contains("mining.submit")) {
            line = session.line();
        }
        return line;
    }

    @ParameterizedTest
    @EnumSource(TwinKind.class)
    void shakesHandsToTheByteAndFindsRealShares(TwinKind kind) throws Exception {
        // A board with chips of its default suggestion is of 1 TH/s: it needs a larger shift to be cheap.
        boolean chips = kind.rateMin() >= 1e9;
        PowShift shift = chips ? new PowShift(24) : SHIFT;
        double rate = chips ? 1e12 : 30e6;
        try (TwinSwarm swarm = swarm(shift, twin(kind, rate));
                ScriptedPool.Session session = pool.session()) {
            greetLineByLine(swarm, session, kind);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                String submit = nextShare(session);
                assertThat(submit).matches(Handshakes.submitForm(kind));
                assertThat(ShareCheck.levelOf(submit, Transcript.JOB, shift))
                        .as(submit)
                        .isGreaterThanOrEqualTo(chips ? 32 : 19);
                assertThat(seen.add(submit.replaceFirst("\"id\": ?[0-9]+", ""))).isTrue();
                session.send(
                        i == 9
                                ? Transcript.error(idOf(submit), 23, "Low difficulty share")
                                : Transcript.ok(idOf(submit)));
            }
            swarm.pause();
            while (!swarm.awaitReplies(Duration.ofMillis(200))) {
                session.lineIfAny()
                        .filter(line -> line.contains("mining.submit"))
                        .ifPresent(line -> session.send(Transcript.ok(idOf(line))));
            }

            SwarmReport report = swarm.report();
            SwarmReport.Counts counts = report.total();
            assertThat(report.byGroup()).containsOnlyKeys(kind.id()).containsValue(counts);
            assertThat(counts.mining()).isEqualTo(1);
            assertThat(counts.unexpectedDisconnects()).isZero();
            assertThat(counts.notifies()).isEqualTo(1);
            assertThat(counts.notifiesOverBudget()).isZero();
            assertThat(counts.bytesDown()).isGreaterThan(Transcript.JOB.length());
            assertThat(counts.bytesUp()).isPositive();
            assertThat(counts.linkedSeconds()).isPositive();
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
    void aSecondHalfOver127BytesOrASeventeenthBranchMakesSharesOfASparkMinerWrong() throws Exception {
        String longHalf = Transcript.JOB.replace("\"042f6d702fff", "\"" + "00".repeat(40) + "042f6d702fff");
        String deep = Transcript.JOB.replace("[\"be4c", "[" + ("\"" + "11".repeat(32) + "\",").repeat(15) + "\"be4c");
        for (String job : List.of(longHalf, deep)) {
            try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.SPARKMINER, 300e6));
                    ScriptedPool.Session session = pool.session()) {
                session.send(Transcript.subscribed(1), Transcript.ok(2), Transcript.ok(3), Transcript.DIFFICULTY, job);
                int wrong = 0;
                for (int shares = 0; shares < 20; shares++) {
                    // Beyond the pow-shift's bits a wrong header reaches level 19 once in eight times.
                    wrong += ShareCheck.levelOf(nextShare(session), job, SHIFT) >= 19 ? 0 : 1;
                }

                assertThat(wrong).isGreaterThan(8);
                assertThat(swarm.report().total().notifiesOverBudget()).isEqualTo(1);
            }
        }
    }

    @Test
    void aCpuminerGoesToThePoolThatItIsSentTo() throws Exception {
        try (ScriptedPool other = new ScriptedPool();
                TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.CPUMINER_OPT, 30e6));
                ScriptedPool.Session first = pool.session()) {
            greet(first, TwinKind.CPUMINER_OPT);
            first.send("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"127.0.0.1\"," + other.port() + "]}");
            first.awaitEnd();
            try (ScriptedPool.Session second = other.session()) {
                assertThat(second.line()).contains("mining.subscribe").contains("\"s1\"");
                assertThat(swarm.report().total().reconnects()).isEqualTo(1);
                assertThat(swarm.report().total().unexpectedDisconnects()).isZero();
            }
        }
    }

    @Test
    void aLinkThatEndsAfterItWasAnnouncedIsNotUnexpected() throws Exception {
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.NERDMINER, 30e6))) {
            try (ScriptedPool.Session announced = pool.session()) {
                greet(announced, TwinKind.NERDMINER);
                announced.send("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}");
                long heard = swarm.report().total().bytesDown();
                announced.send(Transcript.job("20"));
                while (swarm.report().total().bytesDown() <= heard) {
                    Thread.onSpinWait();
                }
            }
            try (ScriptedPool.Session silent = pool.session()) {
                assertThat(swarm.report().total().unexpectedDisconnects()).isZero();
                silent.line();
            }
            try (ScriptedPool.Session third = pool.session()) {
                third.line();
                assertThat(swarm.report().total().unexpectedDisconnects()).isEqualTo(1);
            }
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
                assertThat(submit).matches(Handshakes.submitForm(TwinKind.LEAFMINER_ESP32));
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
        try (TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.MINERD, 30e6));
                ScriptedPool.Session session = pool.session()) {
            greet(session, TwinKind.MINERD);
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
        TwinSwarm swarm = swarm(SHIFT, twin(TwinKind.MINERD, 30e6), twin(TwinKind.NERDMINER, 400e3));
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
        FleetOrder order = FleetOrder.parse("all=500");
        // That pool keeps no distance between its lines, as the master of LeafMiner needs it.
        List<TwinSpec> fleet = order.specs(order.madeUpAccounts(Network.DEVNET, 3), 3).stream()
                .filter(spec -> spec.kind() != TwinKind.LEAFMINER_MASTER)
                .toList();
        try (TwinSwarm swarm = TwinSwarm.start(SwarmSettings.of("127.0.0.1", pool.port(), SHIFT, 3, fleet))) {
            CountDownLatch pause = new CountDownLatch(1);
            for (int waits = 0; waits < 150 && swarm.report().total().withAcceptedShare() < 400; waits++) {
                assertThat(pause.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }

            assertThat(swarm.report().total().withAcceptedShare())
                    .as("%s", swarm.report())
                    .isGreaterThanOrEqualTo(400);
            assertThat(swarm.report().byGroup()).hasSize(TwinKind.values().length - 1);
            assertThat(swarm.report().total().rejected()).isZero();
        }
    }
}
