package org.motepool.payout.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be read, written or owned; says which file, where in it, and how to mend it. */
public class JournalException extends Exception {
    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
