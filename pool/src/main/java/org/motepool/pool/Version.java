package org.motepool.pool;

/** The version of the pool, as the POMs have it. */
public final class Version {
    public static final String TEXT = "0.1.0";

    private Version() {}
}
