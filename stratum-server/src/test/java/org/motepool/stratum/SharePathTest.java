package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.stratum.stats.RejectReason;

/** From a submit to its reply: the log first, then the answer, in request order. */
class SharePathTest {
    private static final String GOOD = "\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"";
    private static final String GOOD2 = "\"1f\",\"00000001\",\"66b2c3d4\",\"adc39\"";
    private static final String LOW = "\"1f\",\"00000001\",\"66b2c3d4\",\"da567ed8\"";

    private static String submit(int id, String params) {
        return "{\"id\":" + id + ",\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER + "\"," + params
                + "]}\n";
    }

    private static String ok(int id) {
        return "{\"id\":" + id + ",\"result\":true,\"error\":null}";
    }

    private static String error(int id, int code, String text) {
        return "{\"id\":" + id + ",\"result\":null,\"error\":[" + code + ",\"" + text + "\",null]}";
    }

    private static EmbeddedDesk desk() {
        EmbeddedDesk desk = new EmbeddedDesk();
        desk.logIn("cpuminer/2.5.1");
        return desk;
    }

    @Test
    void repliesOnlyAfterTheShareIsForced() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(submit(3, GOOD));
            desk.run();
            assertThat(desk.log.shares()).hasSize(1);
            assertThat(desk.lines()).isEmpty();
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(3));
        }
    }

    @Test
    void keepsRequestOrderHoweverLateAForceIs() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(submit(3, GOOD));
            desk.send(submit(4, LOW) + "{\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n");
            desk.send(submit(6, GOOD2));
            desk.run();
            assertThat(desk.lines()).isEmpty();
            desk.log.release(1, true);
            desk.run();
            assertThat(desk.lines()).as("the later force alone").isEmpty();
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(3), error(4, 23, "Difficulty too low"), ok(5), ok(6));
        }
    }

    @Test
    void aTurnLogsAndAnswersItsOwnSharesAlone() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.FAIL);
            desk.send(submit(3, GOOD) + submit(4, GOOD2));
            desk.run();
            assertThat(desk.lines()).hasSize(2).noneMatch(line -> line.contains("true"));
            desk.log.mode(FakeShareLog.Mode.FORCE);
            desk.send(submit(5, GOOD));
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(5));
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(submit(6, GOOD2));
            desk.run();
            desk.send(submit(7, LOW));
            desk.run();
            assertThat(desk.lines()).isEmpty();
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(6), error(7, 23, "Difficulty too low"));
            assertThat(desk.log.shares())
                    .extracting(each -> each.share().nonce())
                    .containsExactly(0xda5d0af0, 0xadc39);
        }
    }

    @Test
    void judgesTheSharesOfOneTurnAsOneBatch() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(submit(3, GOOD) + submit(4, GOOD2) + submit(5, LOW));
            desk.run();
            assertThat(desk.log.held()).isEqualTo(1);
            assertThat(desk.metric("mote_share_batch_size_sum", "path", "scalar"))
                    .isEqualTo(3);
            assertThat(desk.metric("mote_share_batch_size_count", "path", "scalar"))
                    .isEqualTo(1);
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(3), ok(4), error(5, 23, "Difficulty too low"));
        }
    }

    @Test
    void answersAFailedForceWithNotStoredAndTakesTheShareAgain() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.FAIL);
            desk.send(submit(3, GOOD));
            desk.run();
            assertThat(desk.lines()).containsExactly(error(3, 20, "Share not stored"));
            desk.log.mode(FakeShareLog.Mode.FORCE);
            desk.send(submit(4, GOOD));
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(4));
            desk.send(submit(5, GOOD));
            desk.run();
            assertThat(desk.lines()).containsExactly(error(5, 22, "Duplicate share"));
            assertThat(desk.log.shares()).hasSize(1);
            assertThat(desk.stats.accepted()).isEqualTo(1);
            assertThat(desk.stats.rejected())
                    .containsEntry(RejectReason.NOT_STORED.label(), 1L)
                    .containsEntry(RejectReason.DUPLICATE.label(), 1L);
        }
    }

    @Test
    void knowsADuplicateWhileItsTwinIsStillBeingForced() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.HOLD);
            desk.send(submit(3, GOOD) + submit(4, GOOD.toUpperCase(java.util.Locale.ROOT)));
            desk.run();
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.lines()).containsExactly(ok(3), error(4, 22, "Duplicate share"));
        }
    }

    @Test
    void logsWhatTheDeviceSentWithTheLevelOfItsJob() {
        try (EmbeddedDesk desk = desk()) {
            desk.send(submit(3, "\"1f\",\"02000000\",\"66b2c3d4\",\"1f059ee6\",\"1fffe000\""));
            desk.run();
            // cgminer's share belongs to the version bits that it rolled, configured or not.
            assertThat(desk.lines()).containsExactly(ok(3));
            LogRecord.Share share = desk.log.shares().getFirst().share();
            assertThat(share.jobNumber()).isEqualTo(0x1f);
            assertThat(share.extranonces().toHex()).isEqualTo("1a2b3c4d02000000");
            assertThat(share.nonce()).isEqualTo(0x1f059ee6);
            assertThat(share.version()).isEqualTo(0x3fffe000);
            assertThat(share.ntime()).isEqualTo(0x66b2c3d4);
            assertThat(share.level()).isEqualTo(ServerFixture.LEVEL);
            assertThat(share.account()).isEqualTo(ServerFixture.ADDRESS.accountId());
            assertThat(share.worker()).isEqualTo("desk");
            assertThat(desk.log.shares().getFirst().address()).isEqualTo(ServerFixture.ADDRESS.canonical());
        }
    }

    @Test
    void stopsReadingAt64RepliesUnderWayAndGoesOn() {
        try (EmbeddedDesk desk = desk()) {
            desk.log.mode(FakeShareLog.Mode.HOLD);
            StringBuilder all = new StringBuilder(submit(3, GOOD));
            List<String> expected = new ArrayList<>(List.of(ok(3)));
            for (int id = 4; id < 200; id++) {
                all.append(submit(id, "\"1f\",\"00000001\",\"66b2c3d4\",\"%x\"".formatted(id)));
                expected.add(error(id, 23, "Difficulty too low"));
            }
            desk.send(all.toString());
            desk.run();
            assertThat(desk.channel.config().isAutoRead()).isFalse();
            assertThat(desk.metric("mote_stratum_requests_total", "method", "mining.submit"))
                    .isEqualTo(64);
            desk.log.release(0, true);
            desk.run();
            assertThat(desk.channel.config().isAutoRead()).isTrue();
            assertThat(desk.lines()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void refusesWhatTheRulesRefuse() {
        try (EmbeddedDesk desk = desk()) {
            String ntime = error(3, 20, "Ntime out of range");
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d3\",\"00000001\"", ntime);
            assertRefused(desk, "\"1f\",\"00000001\",\"%08x\",\"00000001\"".formatted(0x66b2c3d4 + 7001), ntime);
            assertRefused(desk, "\"1f\",\"000001\",\"66b2c3d4\",\"00000001\"", error(3, 20, "Invalid nonce2 length"));
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d4\",\"123456789\"", error(3, 20, "Invalid nonce"));
            String mask = error(3, 20, "Invalid version mask");
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d4\",\"00000001\",\"20000000\"", mask);
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d4\",\"00000001\",\"00001000\"", mask);
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d4\"", error(3, 20, "Malformed request"));
            assertRefused(desk, "\"1f\",\"00000001\",\"66b2c3d4\",7", error(3, 20, "Malformed request"));
            String stale = error(3, 21, "Job not found");
            assertRefused(desk, "\"20\",\"00000001\",\"66b2c3d4\",\"00000001\"", stale);
            assertRefused(desk, "\"no\",\"00000001\",\"66b2c3d4\",\"00000001\"", stale);
            desk.send("{\"id\":3,\"method\":\"mining.submit\",\"params\":[\"somebody\"," + GOOD + "]}\n");
            desk.run();
            assertThat(desk.lines()).containsExactly(error(3, 24, "Unauthorized worker"));
            desk.send(submit(4, GOOD));
            desk.run();
            assertThat(desk.lines()).as("and the link is fine").containsExactly(ok(4));
        }
    }

    private static void assertRefused(EmbeddedDesk desk, String params, String reply) {
        desk.send(submit(3, params));
        desk.run();
        assertThat(desk.lines()).as(params).containsExactly(reply);
    }

    @Test
    void takesBitsWithinTheAgreedMaskOnly() {
        try (EmbeddedDesk desk = desk()) {
            desk.send(
                    "{\"id\":3,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\",\"minimum-difficulty\"],"
                            + "{\"version-rolling.mask\":\"00ffe000\"}]}\n");
            assertThat(desk.lines())
                    .containsExactly(
                            "{\"id\":3,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"00ffe000\",\"minimum-difficulty\":false},\"error\":null}");
            assertRefused(
                    desk,
                    "\"1f\",\"00000001\",\"66b2c3d4\",\"00000001\",\"01000000\"",
                    error(3, 20, "Invalid version mask"));
        }
    }
}
