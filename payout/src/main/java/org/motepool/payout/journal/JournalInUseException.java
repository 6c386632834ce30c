package org.motepool.payout.journal;

import org.jspecify.annotations.Nullable;

/** Another process works on the journal: worth another try once it has ended. */
public final class JournalInUseException extends JournalException {
    public JournalInUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
