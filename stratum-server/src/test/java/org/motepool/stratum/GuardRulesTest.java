package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.store.Bans;
import org.motepool.store.Bans.Ban;
import org.motepool.store.Bans.Kind;
import org.motepool.stratum.guard.BanList;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.guard.StratumLimits;

/** Floods, slow lines and bans, on one connection. */
class GuardRulesTest {
    private static final String BANNED_ANSWER =
            "\"result\":false,\"error\":[24,\"Unauthorized worker: banned by the pool's operator\",null]}";

    private static double actions(EmbeddedDesk desk, String action, String reason) {
        return desk.metric("mote_guard_actions_total", "action", action, "reason", reason);
    }

    private static void later(EmbeddedDesk desk, Duration by) {
        desk.clock.advance(by);
        desk.loop.tick();
        desk.run();
    }

    private static boolean isRead(EmbeddedDesk desk) {
        return desk.channel.config().isAutoRead();
    }

    private static String submit(int id, String nonce) {
        return "{\"id\":" + id + ",\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"" + nonce + "\"]}\n";
    }

    private static void ban(EmbeddedDesk desk, Kind kind, String subject, long until) {
        String canonical = kind == Kind.NETWORK ? IpNetwork.parse(subject).toString() : subject;
        desk.bans.put(new Ban(kind, canonical, "", desk.clock.epochMillis(), until));
        desk.banList.read();
    }

    @Test
    void slowsAFloodOfDuplicatesAndReadsOnWhenItIsForgotten() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            int sent = 0;
            while (isRead(desk) && sent < 10_000) {
                desk.send(submit(++sent, "da5d0af0"));
                desk.run();
            }
            assertThat(sent).isBetween(1_000, 1_300);
            assertThat(actions(desk, "warn", "duplicate")).isEqualTo(1);
            assertThat(actions(desk, "slow", "duplicate")).isEqualTo(1);
            assertThat(desk.lines()).hasSize(sent);
            desk.send(submit(99_999, "adc39"));
            desk.run();
            assertThat(desk.lines()).as("it waits").isEmpty();
            later(desk, Duration.ofSeconds(10));
            assertThat(desk.lines()).containsExactly("{\"id\":99999,\"result\":true,\"error\":null}");
            assertThat(desk.channel.isOpen()).isTrue();
        }
    }

    @Test
    void neverClosesForNoiseHoweverLongItLasts() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            for (int second = 0; second < 600; second++) {
                for (int i = 0; i < 50 && isRead(desk); i++) {
                    desk.send(submit(4, "da5d0af0") + submit(4, "da567ed8") + submit(4, "zz"));
                }
                later(desk, Duration.ofSeconds(1));
                desk.lines();
            }
            assertThat(desk.channel.isOpen()).isTrue();
            assertThat(actions(desk, "slow", "duplicate")
                            + actions(desk, "slow", "low_difficulty")
                            + actions(desk, "slow", "malformed"))
                    .isPositive();
        }
    }

    @Test
    void slowsThenRefusesEndlessJunkAndHoldsItBeforeItIsClosed() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            desk.send("junk\n".repeat(200));
            assertThat(isRead(desk)).isFalse();
            assertThat(actions(desk, "slow", "junk")).isEqualTo(1);
            for (int second = 0; second < 100 && actions(desk, "refuse", "junk") == 0; second++) {
                later(desk, Duration.ofSeconds(1));
            }
            assertThat(actions(desk, "refuse", "junk")).isEqualTo(1);
            later(desk, Duration.ofSeconds(29));
            assertThat(desk.channel.isOpen()).isTrue();
            later(desk, Duration.ofSeconds(1));
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "refused"))
                    .isEqualTo(1);
        }
    }

    @Test
    void takesAFewJunkLinesWithoutAWord() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            desk.send("junk\n".repeat(7));
            desk.send(submit(4, "da5d0af0"));
            desk.run();
            assertThat(desk.lines()).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
            assertThat(actions(desk, "warn", "junk")).isZero();
        }
    }

    @Test
    void closesAConnectionThatTricklesALineForEver() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            for (int second = 0; second < 119; second++) {
                desk.send("{");
                later(desk, Duration.ofSeconds(1));
            }
            assertThat(desk.channel.isOpen()).isTrue();
            desk.send("{");
            later(desk, Duration.ofSeconds(2));
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(actions(desk, "close", "line_too_slow")).isEqualTo(1);
        }
    }

    @Test
    void givesASlowRadioItsTimeForEachLine() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            for (int line = 0; line < 10; line++) {
                String text = submit(4, "da567ed8");
                desk.send(text.substring(0, 20));
                later(desk, Duration.ofSeconds(100));
                desk.send(text.substring(20));
                later(desk, Duration.ofSeconds(1));
            }
            assertThat(desk.channel.isOpen()).isTrue();
            desk.send("{\"id\":");
            later(desk, Duration.ofSeconds(1));
            desk.channel.config().setAutoRead(false);
            assertThat(desk.channel.isOpen()).isTrue();
        }
    }

    @Test
    void answersABannedNetworkOnceAndHoldsItBeforeItIsClosed() {
        try (EmbeddedDesk desk = EmbeddedDesk.from(InetAddress.ofLiteral("203.0.113.7"))) {
            ban(desk, Kind.NETWORK, "203.0.113.0/24", Bans.FOR_EVER);
            desk.send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"x\"]}\n"
                    + "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n");
            desk.run();
            assertThat(desk.lines()).containsExactly("{\"id\":1," + BANNED_ANSWER);
            assertThat(isRead(desk)).isFalse();
            later(desk, Duration.ofSeconds(29));
            assertThat(desk.channel.isOpen()).isTrue();
            later(desk, Duration.ofSeconds(1));
            assertThat(desk.channel.isOpen()).isFalse();
            assertThat(actions(desk, "refuse", "banned_network")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.112.0/24", "203.0.113.8", "2001:db8::/32"})
    void leavesOtherNetworksAlone(String network) {
        try (EmbeddedDesk desk = EmbeddedDesk.from(InetAddress.ofLiteral("203.0.113.7"))) {
            ban(desk, Kind.NETWORK, network, Bans.FOR_EVER);
            desk.logIn("x");
        }
    }

    @Test
    void refusesABannedAddressAndTakesItAgainWhenTheBanEnds() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            ban(desk, Kind.ACCOUNT, ServerFixture.ADDRESS.canonical(), desk.clock.epochMillis() + 60_000);
            String login = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\"]}\n";
            desk.send(login);
            assertThat(desk.lines()).containsExactly("{\"id\":1," + BANNED_ANSWER);
            desk.clock.advance(Duration.ofSeconds(60));
            desk.send(login);
            assertThat(desk.lines()).containsExactly("{\"id\":1,\"result\":true,\"error\":null}");
        }
    }

    @Test
    void endsTheMiningOfWhoIsBannedWhileConnected() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.logIn("x");
            desk.send(submit(4, "da5d0af0"));
            ban(desk, Kind.ACCOUNT, ServerFixture.ADDRESS.canonical(), Bans.FOR_EVER);
            later(desk, Duration.ofSeconds(1));
            desk.send(submit(5, "adc39") + submit(6, "adc39"));
            desk.run();
            assertThat(desk.lines())
                    .as("what came before the ban counts")
                    .containsExactly("{\"id\":4,\"result\":true,\"error\":null}", "{\"id\":5," + BANNED_ANSWER);
            assertThat(actions(desk, "refuse", "banned_address")).isEqualTo(1);
            assertThat(desk.stats.takeChanged("node", 2_000).getFirst().sessions())
                    .isEmpty();
            later(desk, StratumLimits.REFUSED_HOLD);
            assertThat(desk.channel.isOpen()).isFalse();
        }
    }

    @Test
    void keepsTheLastKnownBansWhileTheStoreIsAway() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            BanList list = desk.banList;
            ban(desk, Kind.NETWORK, "2001:db8::/32", Bans.FOR_EVER);
            desk.bans.away = true;
            list.read();
            assertThat(list.bans(InetAddress.ofLiteral("2001:db8::7"))).isTrue();
            desk.bans.away = false;
            desk.bans.remove(Kind.NETWORK, IpNetwork.parse("2001:db8::/32").toString());
            desk.bans.put(new Ban(Kind.NETWORK, "nonsense of a newer version", "", 1, Bans.FOR_EVER));
            list.read();
            assertThat(list.bans(InetAddress.ofLiteral("2001:db8::7"))).isFalse();
        }
    }

    @Test
    void countsWorkerNamesBeyondTheBoundTogether() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            for (int i = 0; i < 1_000; i++) {
                desk.stats.opened(
                        ServerFixture.ADDRESS,
                        org.motepool.core.account.WorkerName.ofWire("w" + i),
                        () -> new org.motepool.store.LiveStats.SessionReport("s", "", "micro", 16, 0));
            }
            desk.logIn("x");
            assertThat(actions(desk, "fold", "worker_names")).isEqualTo(1);
            List<String> names = desk.stats.takeChanged("node", 2_000).stream()
                    .map(report -> report.worker())
                    .toList();
            assertThat(names).hasSize(1_001).contains("others").doesNotContain("desk");
        }
    }
}
