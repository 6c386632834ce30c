package org.motepool.pool.command;

/** How much is logged. To be said before any logger is made. Stateless. */
final class LogLevel {
    private static final String PROPERTY = "mote.log.level";

    private LogLevel() {}

    /** For commands that are looked at, not operated; unless asked otherwise. */
    static void onlyWarnings() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "WARN");
        }
    }
}
