package org.motepool.stratum.sniff;

/**
 * What a connection's first bytes say it is, byte by byte. A value: feed it with {@link #next}.
 *
 * <p>All protocols here are client-first, so there is always something to look at. The hard one to tell is the first
 * message of Stratum V2, 64 bytes that look random: each of the others is decided only by so much that such bytes would
 * say it by chance less than once in 10^8 connections.
 *
 * @param state where in which beginning they are
 * @param at bytes seen, or, in a line of text, how many of it were text
 * @param mark what the state has to remember of them
 */
record FirstBytes(State state, int at, int mark) {
    static final FirstBytes NONE = new FirstBytes(State.BLANK, 0, 0);

    /** So many bytes that are all text are text: random ones are that once in 5 * 10^8 times. */
    static final int TEXT_BYTES = 21;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int TLS_MINOR_VERSION_MAX = 4;
    private static final int TLS_RECORD_BYTES_MAX = 1 << 14;
    private static final int TLS_CLIENT_HELLO = 1;

    private static final String[] HTTP_METHODS = {
        "GET ", "POST ", "HEAD ", "PUT ", "OPTIONS ", "DELETE ", "PATCH ", "TRACE ", "CONNECT "
    };

    /** What a mark says of an object's line. */
    private static final int OPENED = 0;

    private static final int ALIKE = 1;
    private static final int ALIKE_AND_CLOSED = 2;
    private static final int UNLIKE = 3;

    enum State {
        /** Blanks alone, or nothing. */
        BLANK,
        /** A line that begins with a brace. */
        OBJECT,
        /** Other text. */
        TEXT,
        /** The beginning of one HTTP method or more. */
        METHOD,
        /** The beginning of a TLS record with a ClientHello. */
        RECORD,
        /** Decided. */
        V1,
        TLS,
        HTTP,
        V2,
        JUNK
    }

    boolean isDecided() {
        return state.compareTo(State.V1) >= 0;
    }

    /** As decided as it will be where no more comes: text that begins as an object may be a slow V1 device. */
    State atDeadline() {
        return isDecided() ? state : state == State.OBJECT ? State.V1 : State.JUNK;
    }

    /** @param b 0 … 255 */
    FirstBytes next(int b) {
        return switch (state) {
            case BLANK -> first(b);
            case OBJECT -> object(b);
            case TEXT -> text(b);
            case METHOD -> method(b);
            case RECORD -> record(b);
            case V1, TLS, HTTP, V2, JUNK -> this;
        };
    }

    private FirstBytes first(int b) {
        if (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
            // Nothing but blanks: the line framer skips them as well as this would.
            return at + 1 == TEXT_BYTES ? decided(State.V1) : new FirstBytes(State.BLANK, at + 1, 0);
        }
        if (b == '{') {
            return at + 1 == TEXT_BYTES ? decided(State.V1) : new FirstBytes(State.OBJECT, at + 1, OPENED);
        }
        if (at == 0 && b == TLS_HANDSHAKE) {
            return new FirstBytes(State.RECORD, 1, 0);
        }
        if (at == 0 && startsMethod(b)) {
            return new FirstBytes(State.METHOD, 1, b);
        }
        return text(b);
    }

    /** A whole line that looks like an object is one, however short. */
    private FirstBytes object(int b) {
        if (!isText(b)) {
            return decided(State.V2);
        }
        if (b == '\n') {
            return mark == ALIKE_AND_CLOSED || at + 1 == TEXT_BYTES ? decided(State.V1) : unlike();
        }
        if (at + 1 == TEXT_BYTES) {
            return decided(State.V1);
        }
        if (mark == UNLIKE || b == '\r') {
            return new FirstBytes(State.OBJECT, at + 1, mark);
        }
        if (mark == OPENED) {
            return b == '"' || b == ' ' ? new FirstBytes(State.OBJECT, at + 1, ALIKE) : unlike();
        }
        return new FirstBytes(State.OBJECT, at + 1, b == '}' ? ALIKE_AND_CLOSED : ALIKE);
    }

    private FirstBytes unlike() {
        return new FirstBytes(State.OBJECT, at + 1, UNLIKE);
    }

    private FirstBytes text(int b) {
        if (!isText(b)) {
            return decided(State.V2);
        }
        return at + 1 == TEXT_BYTES ? decided(State.JUNK) : new FirstBytes(State.TEXT, at + 1, 0);
    }

    private static boolean isText(int b) {
        return b >= 0x20 && b <= 0x7e || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean startsMethod(int b) {
        for (String method : HTTP_METHODS) {
            if (method.charAt(0) == b) {
                return true;
            }
        }
        return false;
    }

    /** The mark holds the first two letters, which tell all methods apart. */
    private FirstBytes method(int b) {
        int letters = at == 1 ? mark << 8 | b : mark;
        for (String method : HTTP_METHODS) {
            boolean same = (method.charAt(0) << 8 | method.charAt(1)) == letters;
            if (same && method.charAt(at) == b) {
                return at + 1 == method.length() ? decided(State.HTTP) : new FirstBytes(State.METHOD, at + 1, letters);
            }
        }
        return text(b);
    }

    /** Type, version 3.x, length, handshake message: {@code 16 03 0x LL LL 01}. */
    private FirstBytes record(int b) {
        boolean fits = switch (at) {
            case 1 -> b == TLS_MAJOR_VERSION;
            case 2 -> b <= TLS_MINOR_VERSION_MAX;
            case 3 -> b << 8 <= TLS_RECORD_BYTES_MAX;
            case 4 -> (mark | b) <= TLS_RECORD_BYTES_MAX && (mark | b) >= 4;
            default -> b == TLS_CLIENT_HELLO;
        };
        if (!fits) {
            return decided(State.V2);
        }
        return at == 5 ? decided(State.TLS) : new FirstBytes(State.RECORD, at + 1, at == 3 ? b << 8 : 0);
    }

    private FirstBytes decided(State verdict) {
        return new FirstBytes(verdict, at + 1, 0);
    }
}
