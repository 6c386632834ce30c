package org.motepool.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for a person about any failure; the whole of an unexpected one goes to the log at debug level. */
final class FailureText {
    private static final Logger LOG = LoggerFactory.getLogger(FailureText.class);

    private FailureText() {}

    static String of(Exception failure) {
        if (failure instanceof Failure) {
            return String.valueOf(failure.getMessage());
        }
        LOG.debug("unexpected failure", failure);
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + " (MOTE_JAVA_OPTIONS=-Dmote.log.level=DEBUG shows where)";
    }
}
