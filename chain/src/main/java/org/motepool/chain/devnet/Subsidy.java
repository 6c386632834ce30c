package org.motepool.chain.devnet;

/** New coins of a block, in satoshis. */
final class Subsidy {
    /** 3.125 coins, as Bitcoin's is in these years. */
    static final long FIRST = 312_500_000L;
    /** 21 million coins: no amount of a real transaction is above it. */
    static final long MONEY_MAX = 2_100_000_000_000_000L;

    private Subsidy() {}

    static long at(int height, int halvingInterval) {
        int halvings = height / halvingInterval;
        return halvings >= Long.SIZE - 1 ? 0 : FIRST >> halvings;
    }
}
