package org.motepool.stratum.v1;

/**
 * The id of a miner's request, kept as the JSON text that the reply echoes, so that its type survives.
 *
 * @param json a JSON number or string literal, ASCII; {@code null} for a request that wants no reply
 */
public record RequestId(String json) {
    /** Longest id that is echoed; longer ones are no id of any known client. */
    public static final int CHARACTERS_MAX = 80;

    /** An absent or null id: such a request gets no reply. */
    public static final RequestId NONE = new RequestId("null");

    public RequestId {
        if (json.isEmpty() || json.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException("a request id has 1 to " + CHARACTERS_MAX + " characters");
        }
    }

    /** A numeric id. */
    public static RequestId of(long number) {
        return new RequestId(Long.toString(number));
    }

    public boolean isNone() {
        return this.equals(NONE);
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
