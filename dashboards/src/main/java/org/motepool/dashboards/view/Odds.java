package org.motepool.dashboards.view;

/**
 * What a rate leads to on a chain, on average. All are statistics; chance decides.
 *
 * @param hashRate hashes a second
 * @param difficulty of the chain
 * @param rewardSatoshis of a block
 * @param feeBasisPoints the pool's part of it
 */
public record Odds(double hashRate, double difficulty, double rewardSatoshis, int feeBasisPoints) {
    public static final double DAY_SECONDS = 86_400;
    public static final double YEAR_SECONDS = 365.25 * DAY_SECONDS;

    /** Bitcoin as it was when this was written, to compare with: difficulty 120 T, 3.125 BTC a block. */
    private static final double BITCOIN_DIFFICULTY = 1.2e14;

    private static final double BITCOIN_REWARD = 312_500_000;
    private static final double BASIS = 10_000;

    /** The same rate on Bitcoin, without a fee. */
    public Odds onBitcoin() {
        return new Odds(hashRate, BITCOIN_DIFFICULTY, BITCOIN_REWARD, 0);
    }

    /** Blocks that are found in so many seconds. */
    public double blocksIn(double seconds) {
        return difficulty <= 0 ? 0 : hashRate * seconds / (difficulty * PoolView.HASHES_OF_DIFFICULTY_ONE);
    }

    /** Satoshis that are earned in so many seconds where rewards are shared. */
    public double satoshisIn(double seconds) {
        return blocksIn(seconds) * rewardSatoshis * (BASIS - feeBasisPoints) / BASIS;
    }

    /** Seconds until one satoshi is earned; infinite where none ever is. */
    public double secondsPerSatoshi() {
        double perSecond = satoshisIn(1);
        return perSecond <= 0 ? Double.POSITIVE_INFINITY : 1 / perSecond;
    }
}
