package org.motepool.stratum.v1;

/** What a miner can ask, by its name on the wire; also the closed set of labels for metrics. */
public enum Method {
    SUBSCRIBE("mining.subscribe"),
    AUTHORIZE("mining.authorize"),
    CONFIGURE("mining.configure"),
    SUGGEST_DIFFICULTY("mining.suggest_difficulty"),
    SUGGEST_TARGET("mining.suggest_target"),
    SUBMIT("mining.submit"),
    EXTRANONCE_SUBSCRIBE("mining.extranonce.subscribe"),
    GET_TRANSACTIONS("mining.get_transactions"),
    /** ESP-Miner answers a ping with a request of this name. */
    PONG("pong"),
    OTHER("other");

    private static final Method[] ALL = values();

    private final String wire;

    Method(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    static Method ofWire(String name) {
        for (Method method : ALL) {
            if (method.wire.equals(name)) {
                return method;
            }
        }
        return OTHER;
    }
}
