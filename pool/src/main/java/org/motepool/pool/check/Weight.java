package org.motepool.pool.check;

import java.util.Locale;

/** How much a remark matters. */
public enum Weight {
    /** The pool would not work. */
    ERROR,
    /** It would work, and something would go wrong one day. */
    WARNING,
    /** As it should be, or worth knowing. */
    NOTE;

    /** As people and programs read it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
