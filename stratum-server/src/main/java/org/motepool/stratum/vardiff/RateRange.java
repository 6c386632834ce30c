package org.motepool.stratum.vardiff;

/**
 * Where a device's rate lies, almost surely: two standard deviations to either side.
 *
 * @param low and {@code high}: hashes a second
 */
public record RateRange(double low, double high) {
    /** Fewest shares that give a range at all: it spans a factor of 5 then. */
    static final int SHARES_MIN = 8;
}
