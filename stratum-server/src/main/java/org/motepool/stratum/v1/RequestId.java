package org.motepool.stratum.v1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The id of a miner's request, kept so that the reply can echo its JSON text and its type survives: as a number where it is
 * a plain one, since nearly all are. Immutable.
 */
public final class RequestId {
    /** Longest id that is echoed; longer ones are no id of any known client. */
    public static final int CHARACTERS_MAX = 80;

    /** An absent or null id: such a request gets no reply. */
    public static final RequestId NONE = new RequestId("null");

    private static final int DECIMAL = 10;

    private final @Nullable String text;
    /** Where there is no text: not negative. */
    private final long number;

    /** @param json a JSON number or string literal, ASCII; {@code null} for a request that wants no reply */
    public RequestId(String json) {
        if (json.isEmpty() || json.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException("a request id has 1 to " + CHARACTERS_MAX + " characters");
        }
        text = json;
        number = 0;
    }

    private RequestId(long number) {
        text = null;
        this.number = number;
    }

    /** A numeric id. */
    public static RequestId of(long number) {
        return number >= 0 ? new RequestId(number) : new RequestId(Long.toString(number));
    }

    public String json() {
        return text == null ? Long.toString(number) : text;
    }

    /** Characters of {@link #json}. */
    int length() {
        if (text != null) {
            return text.length();
        }
        int digits = 1;
        for (long left = number / DECIMAL; left > 0; left /= DECIMAL) {
            digits++;
        }
        return digits;
    }

    /** Appends {@link #json}. */
    void writeTo(ByteBuf out) {
        if (text != null) {
            ByteBufUtil.writeAscii(out, text);
            return;
        }
        int end = out.writerIndex() + length();
        out.ensureWritable(end - out.writerIndex());
        long left = number;
        for (int at = end - 1; at >= out.writerIndex(); at--) {
            out.setByte(at, (int) ('0' + left % DECIMAL));
            left /= DECIMAL;
        }
        out.writerIndex(end);
    }

    public boolean isNone() {
        return text != null && text.equals("null");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestId that && json().equals(that.json());
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }

    @Override
    public String toString() {
        return json();
    }

    static RequestId of(JsonValue value) {
        return switch (value) {
            case JsonValue.Num number
            when number.literal().length() <= CHARACTERS_MAX -> new RequestId(number.literal());
            case JsonValue.Text text -> ofText(text.value());
            case JsonValue.Num _ -> NONE;
            case JsonValue.Bool _ -> NONE;
            case JsonValue.Null _ -> NONE;
            case JsonValue.Arr _ -> NONE;
            case JsonValue.Obj _ -> NONE;
        };
    }

    private static RequestId ofText(String text) {
        String quoted = V1Encoder.quoted(text);
        return quoted.length() <= CHARACTERS_MAX ? new RequestId(quoted) : NONE;
    }
}
