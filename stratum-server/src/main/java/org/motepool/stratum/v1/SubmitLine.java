package org.motepool.stratum.v1;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a submit as nearly every device writes it, without making a tree of it: nearly all lines are such. It knows three
 * fields in any order, ids that are whole numbers, texts without escapes and parameters that are good; of any other line it
 * says nothing, and that goes the long way. Used again and again, on one thread.
 */
final class SubmitLine {
    private static final byte[] ID = ascii("id");
    private static final byte[] METHOD = ascii("method");
    private static final byte[] PARAMS = ascii("params");
    private static final byte[] SUBMIT = ascii(Method.SUBMIT.wire());
    /** Of an id: so a {@code long} holds it. */
    private static final int DIGITS_MAX = 18;

    private static final int PARAMS_MIN = 5;
    private static final int PARAMS_MAX = 6;

    private byte[] line = {};
    private int end;
    private int at;
    /** The text read last. */
    private int textFrom;

    private int textEnd;

    private long id;
    private boolean isSubmit;
    private int params;
    private String user = "";
    private long job;
    private long extranonce2;
    private long ntime;
    private long nonce;
    private long bits;

    private void begin(byte[] bytes, int offset, int length) {
        line = bytes;
        at = offset;
        end = offset + length;
        id = -1;
        isSubmit = false;
        params = 0;
        bits = 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The message of a line, or null where it is for the long way.
     *
     * @param usual user whose name is taken where the line has the same
     */
    MinerMessage.@Nullable Submit read(byte[] bytes, int offset, int length, String usual) {
        begin(bytes, offset, length);
        return object(usual) ? message() : null;
    }

    private MinerMessage.@Nullable Submit message() {
        if (id < 0 || !isSubmit || params < PARAMS_MIN || (job | extranonce2 | ntime | nonce | bits) < 0) {
            return null;
        }
        return new MinerMessage.Submit(
                RequestId.of(id),
                user,
                job,
                (int) extranonce2,
                (int) ntime,
                (int) nonce,
                params == PARAMS_MAX ? OptionalInt.of((int) bits) : OptionalInt.empty());
    }

    private boolean object(String usual) {
        if (!is('{')) {
            return false;
        }
        do {
            if (!text() || !field(usual)) {
                return false;
            }
        } while (is(','));
        return is('}') && next() < 0;
    }

    /** A field that comes twice is for the long way. */
    private boolean field(String usual) {
        if (textIs(ID)) {
            return id < 0 && is(':') && number();
        }
        if (textIs(METHOD)) {
            isSubmit = !isSubmit && is(':') && text() && textIs(SUBMIT);
            return isSubmit;
        }
        return textIs(PARAMS) && params == 0 && is(':') && list(usual);
    }

    private boolean number() {
        int first = next();
        int from = at;
        long value = 0;
        while (at < end && line[at] >= '0' && line[at] <= '9') {
            value = 10 * value + line[at++] - '0';
            if (at - from > DIGITS_MAX) {
                return false;
            }
        }
        id = value;
        return at > from && (first != '0' || at == from + 1);
    }

    private boolean list(String usual) {
        if (!is('[')) {
            return false;
        }
        do {
            if (params == PARAMS_MAX || !text()) {
                return false;
            }
            switch (params++) {
                case 0 -> user = textIs(usual) ? usual : textString();
                case 1 -> job = hex(1);
                case 2 -> extranonce2 = hex(8);
                case 3 -> ntime = hex(8);
                case 4 -> nonce = hex(1);
                default -> bits = hex(1);
            }
        } while (is(','));
        return is(']');
    }

    /** A text of printable ASCII without escapes. */
    private boolean text() {
        if (!is('"')) {
            return false;
        }
        textFrom = at;
        while (at < end) {
            byte b = line[at];
            if (b == '"') {
                textEnd = at++;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
            at++;
        }
        return false;
    }

    private boolean textIs(byte[] wanted) {
        if (textEnd - textFrom != wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (line[textFrom + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean textIs(String wanted) {
        if (textEnd - textFrom != wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (line[textFrom + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String textString() {
        return new String(line, textFrom, textEnd - textFrom, StandardCharsets.US_ASCII);
    }

    private long hex(int min) {
        return Hex.u32(line, textFrom, textEnd - textFrom, min);
    }

    /** The next byte that is no space, which stays; -1 at the end. */
    private int next() {
        while (at < end) {
            byte b = line[at];
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b;
            }
            at++;
        }
        return -1;
    }

    private boolean is(char wanted) {
        if (next() != wanted) {
            return false;
        }
        at++;
        return true;
    }
}
