package org.motepool.pool.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param where file and key, variable or option
 * @param what is wrong
 * @param mend how to put it right
 */
public record Finding(String where, String what, String mend) {
    @Override
    public String toString() {
        return where + ": " + what + ". " + mend;
    }
}
