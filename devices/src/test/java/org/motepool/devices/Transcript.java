package org.motepool.devices;

/** The pool's side of the fixture that all transcripts share: level 19, one job, extranonce1 1a2b3c4d. */
public final class Transcript {
    public static final String JOB = "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"1f\","
            + "\"95b42ba5238ffde5d3276799d647a082c9e05e080000c4ae0000000000000000\","
            + "\"02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff1203a0bb0d08\","
            + "\"042f6d702fffffffff02205fa0120000000016001486322549067a6955e10bd173ebe3750a37b8d26b"
            + "0000000000000000266a24aa21a9ed7dcf70bfe0c165ee92c84469812e7a6aa828742074e290930ad6f5e218e9bb75"
            + "00000000\","
            + "[\"be4cebe2193f1bb71bca8ca879d539a3d93fc22910e33c2c6ec0690f8a902bcc\","
            + "\"60feeeeb7af9e47ff2745664ab189508616e3c6fe9d1a174a432a435f3d301d0\"],"
            + "\"20000000\",\"17034219\",\"66b2c3d4\",true]}";
    public static final String DIFFICULTY =
            "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.0001220703125]}";
    public static final String EXTRANONCE1 = "1a2b3c4d";

    private Transcript() {}

    public static String subscribed(int id) {
        return "{\"id\":" + id + ",\"result\":[[[\"mining.notify\",\"s1\"],[\"mining.set_difficulty\",\"s1\"]],\""
                + EXTRANONCE1 + "\",4],\"error\":null}";
    }

    public static String configured(int id) {
        return "{\"id\":" + id
                + ",\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"1fffe000\"},\"error\":null}";
    }

    public static String ok(int id) {
        return "{\"id\":" + id + ",\"result\":true,\"error\":null}";
    }

    public static String error(int id, int code, String text) {
        return "{\"id\":" + id + ",\"result\":null,\"error\":[" + code + ",\"" + text + "\",null]}";
    }

    public static String difficulty(String value) {
        return "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[" + value + "]}";
    }

    /** The job with another id and so another place in the miners' memory. */
    public static String job(String id) {
        return JOB.replace("[\"1f\"", "[\"" + id + "\"");
    }
}
