package org.motepool.devices;

import java.util.ArrayList;
import java.util.List;

/** Each board's part of the transcripts up to the job, as lines of {@code C} the client and {@code S} the server. */
final class Handshakes {
    private static final String SUBSCRIBED = "S " + Transcript.subscribed(1);
    private static final String WORK = "S " + Transcript.DIFFICULTY;

    private Handshakes() {}

    static List<String> of(TwinKind kind) {
        List<String> steps = new ArrayList<>(
                switch (kind) {
                    case NERDMINER ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdMinerV2/V1.8.3\"]}",
                                SUBSCRIBED,
                                "C {\"params\": [\"U\", \"x\"], \"id\": 2, \"method\": \"mining.authorize\"}",
                                "C {\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[0.00015]}",
                                ok(2),
                                ok(3));
                    case LEAFMINER_ESP8266, LEAFMINER_ESP32, LEAFMINER_MASTER ->
                        List.of(
                                "C {\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"LeafMiner/0.0.17\", null]}",
                                "C {\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"U\",\"\"]}",
                                "C {\"id\":3,\"method\":\"mining.suggest_difficulty\",\"params\":[0.000100]}",
                                SUBSCRIBED,
                                ok(2),
                                ok(3));
                    case BITSYMINER ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"QMiner/1.1.0\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2));
                    case SPARKMINER ->
                        List.of(
                                "C {\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"SparkMiner/dev\"]}",
                                SUBSCRIBED,
                                "C {\"id\":2,\"method\":\"mining.suggest_difficulty\",\"params\":[0.0014]}",
                                "C {\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"U\",\"x\"]}",
                                ok(2),
                                ok(3));
                    case BITAXE ->
                        List.of(
                                "C {\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],{\"version-rolling.mask\":\"ffffffff\"}]}",
                                "C {\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"bitaxe/BM1370/v2.14.2\"]}",
                                "C {\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"U\",\"x\"]}",
                                "S " + Transcript.configured(1),
                                "S " + Transcript.subscribed(2),
                                ok(3),
                                "C {\"id\":4,\"method\":\"mining.suggest_difficulty\",\"params\":[1000]}",
                                "C {\"id\":5,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
                                ok(4),
                                ok(5));
                    case NERDQAXE ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NerdQAxe++/BM1370/v1.0.36\"]}",
                                "C {\"id\": 2, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"1fffe000\"}]}",
                                "C {\"id\": 3, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                "C {\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [1000]}",
                                "C {\"id\": 5, \"method\": \"mining.extranonce.subscribe\", \"params\": []}",
                                SUBSCRIBED,
                                "S " + Transcript.configured(2),
                                ok(3),
                                ok(4),
                                ok(5));
                    case NMAXE ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"NMAxe/v2.0\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2),
                                "C {\"id\": 3, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}",
                                "S " + Transcript.configured(3),
                                "C {\"id\": 4, \"method\": \"mining.suggest_difficulty\", \"params\": [32.0000]}",
                                ok(4));
                    case PIAXE ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"PiAxe/0.1\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2));
                    case MINERD ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer/2.5.1\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2));
                    case CPUMINER_OPT ->
                        List.of(
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cpuminer-opt-26.1-x64L\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2),
                                "C {\"id\": 3, \"method\": \"mining.extranonce.subscribe\", \"params\": []}",
                                ok(3));
                    case CGMINER ->
                        List.of(
                                "C {\"id\": 0, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {\"version-rolling.mask\": \"ffffffff\"}]}",
                                "S " + Transcript.configured(0),
                                "C {\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cgminer/4.11.1\"]}",
                                SUBSCRIBED,
                                "C {\"id\": 2, \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                ok(2));
                    case BFGMINER ->
                        List.of(
                                "C {\"id\": null, \"method\": \"mining.suggest_target\", \"params\": [\"00000000ffff0000000000000000000000000000000000000000000000000000\"]}",
                                "C {\"id\": 0, \"method\": \"mining.subscribe\", \"params\": [\"bfgminer/5.5.0\"]}",
                                "S " + Transcript.subscribed(0),
                                "C {\"id\": \"auth\", \"method\": \"mining.authorize\", \"params\": [\"U\", \"x\"]}",
                                "S {\"id\":\"auth\",\"result\":true,\"error\":null}",
                                "C {\"id\": \"xnsub\", \"method\": \"mining.extranonce.subscribe\", \"params\": []}",
                                "S {\"id\":\"xnsub\",\"result\":true,\"error\":null}");
                });
        steps.add(WORK);
        steps.add("S " + Transcript.JOB);
        return steps;
    }

    private static String ok(int id) {
        return "S " + Transcript.ok(id);
    }

    /** What a share looks like, as a regular expression. */
    static String submitForm(TwinKind kind) {
        return switch (kind) {
            case NERDMINER ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"00000001\",\"66b2c3d4\",\"[1-9a-f][0-9a-f]{0,7}\"]}";
            case LEAFMINER_ESP8266, LEAFMINER_ESP32, LEAFMINER_MASTER, SPARKMINER ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"[0-9A-F]{8}\",\"66b2c3d4\",\"[0-9a-f]{8}\"]}";
            case BITSYMINER ->
                "\\{\"id\": [0-9]+, \"method\": \"mining.submit\", \"params\": "
                        + "\\[\"U\", \"1f\", \"[0-9A-F]{8}\", \"66b2c3d4\", \"[0-9a-f]{8}\", \"00000000\"]}";
            case BITAXE ->
                "\\{\"id\":[0-9]+,\"method\":\"mining.submit\",\"params\":"
                        + "\\[\"U\",\"1f\",\"[0-9a-f]{2}000000\",\"66b2c3d4\",\"[0-9a-f]{8}\",\"[01][0-9a-f]{4}000\"]}";
            case NERDQAXE, NMAXE ->
                "\\{\"id\": [0-9]+, \"method\": \"mining.submit\", \"params\": "
                        + "\\[\"U\", \"1f\", \"000000[0-9a-f]{2}\", \"66b2c3d4\", \"[0-9a-f]{8}\", \"[01][0-9a-f]{4}000\"]}";
            case PIAXE ->
                "\\{\"id\": [0-9]+, \"method\": \"mining.submit\", \"params\": "
                        + "\\[\"U\", \"1f\", \"[0-9a-f]{8}\", \"66b2c3d4\", \"[0-9a-f]{8}\", \"[01][0-9a-f]{4}000\"]}";
            case MINERD, CPUMINER_OPT ->
                "\\{\"method\": \"mining.submit\", \"params\": "
                        + "\\[\"U\", \"1f\", \"[0-9a-f]{2}000000\", \"66b2c3d4\", \"[0-9a-f]{8}\"], \"id\":4}";
            case CGMINER ->
                "\\{\"params\": \\[\"U\", \"1f\", \"[0-9a-f]{2}000000\", \"66b2c[34][0-9a-f]{2}\", \"[0-9a-f]{8}\", "
                        + "\"(1fffe000|1fff0000|0000e000|00000000)\"], \"id\": [0-9]+, \"method\": \"mining.submit\"}";
            case BFGMINER ->
                "\\{\"params\": \\[\"U\", \"1f\", \"[0-9a-f]{2}000000\", \"66b2c[34][0-9a-f]{2}\", \"[0-9a-f]{8}\"], "
                        + "\"id\": [0-9]+, \"method\": \"mining.submit\"}";
        };
    }
}
