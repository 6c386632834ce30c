package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A share log is not what was forced, or not of a form that this version reads. Nothing mends it by itself: keep the
 * files, put back a copy of the named one, or let the operator declare the log lost.
 */
public final class CorruptLogException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String reason;

    /**
     * @param file segment or directory that is wrong
     * @param offset log offset at which
     */
    public CorruptLogException(Path file, long offset, String reason) {
        super("share log " + file + ", log offset " + offset + ": " + reason);
        this.file = file.toString();
        this.offset = offset;
        this.reason = reason;
    }

    public CorruptLogException(Path file, long offset, String reason, Throwable cause) {
        this(file, offset, reason);
        initCause(cause);
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }

    /** What is wrong there, without the place. */
    public String reason() {
        return reason;
    }
}
