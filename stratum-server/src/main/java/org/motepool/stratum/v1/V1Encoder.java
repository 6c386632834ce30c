package org.motepool.stratum.v1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Gives the pool's messages their bytes: one compact ASCII object and a newline. Stateless. */
public final class V1Encoder {
    /** Longest error text: longer ones overflow the documents of small devices. */
    public static final int TEXT_CHARACTERS_MAX = 120;

    private static final String BEFORE_ID = "{\"id\":";
    private static final String BEHIND_DONE = behind("true", "null");
    /** By code, with its usual text. */
    private static final Map<ErrorCode, String> BEHIND_REFUSED = Arrays.stream(ErrorCode.values())
            .collect(Collectors.toMap(
                    code -> code,
                    code -> behind("null", error(code, code.text())),
                    (one, _) -> one,
                    () -> new EnumMap<>(ErrorCode.class)));

    private V1Encoder() {}

    /** One line in a buffer of its own; the caller releases it. Replies to shares make nothing else. */
    public static ByteBuf encode(PoolMessage message, ByteBufAllocator allocator) {
        return switch (message) {
            case PoolMessage.Done done -> reply(done.id(), BEHIND_DONE, allocator);
            case PoolMessage.Refused refused
            when refused.text().equals(refused.code().text()) ->
                reply(refused.id(), Objects.requireNonNull(BEHIND_REFUSED.get(refused.code())), allocator);
            case PoolMessage.Refused _,
                    PoolMessage.Subscribed _,
                    PoolMessage.Configured _,
                    PoolMessage.NotAuthorized _,
                    PoolMessage.Reconnect _,
                    PoolMessage.SetDifficulty _ -> {
                String line = line(message);
                ByteBuf out = allocator.buffer(line.length());
                ByteBufUtil.writeAscii(out, line);
                yield out;
            }
        };
    }

    private static ByteBuf reply(RequestId id, String behind, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(BEFORE_ID.length() + id.length() + behind.length());
        ByteBufUtil.writeAscii(out, BEFORE_ID);
        id.writeTo(out);
        ByteBufUtil.writeAscii(out, behind);
        return out;
    }

    private static String behind(String result, String error) {
        return ",\"result\":" + result + ",\"error\":" + error + "}\n";
    }

    /** The line with its newline. */
    public static String line(PoolMessage message) {
        return switch (message) {
            case PoolMessage.Done done -> reply(done.id(), "true", "null");
            case PoolMessage.Subscribed subscribed -> reply(subscribed.id(), subscribed(subscribed), "null");
            case PoolMessage.Configured configured -> reply(configured.id(), configured(configured), "null");
            case PoolMessage.Refused refused -> reply(refused.id(), "null", error(refused.code(), refused.text()));
            case PoolMessage.NotAuthorized failed ->
                reply(
                        failed.id(),
                        "false",
                        error(ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.text() + ": " + failed.reason()));
            case PoolMessage.Reconnect _ -> "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}\n";
            case PoolMessage.SetDifficulty difficulty ->
                "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[" + difficulty.difficulty() + "]}\n";
        };
    }

    private static String reply(RequestId id, String result, String error) {
        return BEFORE_ID + id.json() + behind(result, error);
    }

    private static String error(ErrorCode code, String text) {
        String shown = text.length() > TEXT_CHARACTERS_MAX ? text.substring(0, TEXT_CHARACTERS_MAX) : text;
        return "[" + code.code() + "," + quoted(shown) + ",null]";
    }

    private static String subscribed(PoolMessage.Subscribed reply) {
        String session = quoted(reply.sessionId());
        return "[[[\"mining.notify\"," + session + "],[\"mining.set_difficulty\"," + session + "]],\""
                + hex8(reply.extranonce1()) + "\"," + reply.extranonce2Bytes() + "]";
    }

    private static String configured(PoolMessage.Configured reply) {
        List<String> entries = new ArrayList<>();
        if (reply.versionMask().isPresent()) {
            entries.add("\"version-rolling\":true");
            entries.add("\"version-rolling.mask\":\"" + hex8(reply.versionMask().getAsInt()) + "\"");
        }
        reply.refused().forEach(name -> entries.add(quoted(name) + ":false"));
        return "{" + String.join(",", entries) + "}";
    }

    static String hex8(int value) {
        String digits = Integer.toHexString(value);
        return "0".repeat(8 - digits.length()) + digits;
    }

    /** A JSON string in ASCII. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                out.append("\\u").append(hex8(c), 4, 8);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
