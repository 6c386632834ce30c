package org.motepool.payout.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * One thing to tell.
 *
 * @param id the same in each try to deliver it
 * @param type a word of a closed set, as {@code worker.silent}
 * @param address canonical, whose owner is told
 * @param title a few words, and {@code text} a sentence: in English, ASCII
 * @param data what programs read
 * @param at milliseconds since 1970
 */
public record Notice(
        String id, String type, String address, String title, String text, Map<String, String> data, long at) {
    /** Of a decision that was signed. */
    static final String PREFERENCE = "preference";

    public Notice {
        data = Map.copyOf(data);
    }

    /** As it is posted to webhooks. */
    String json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("timestamp", Instant.ofEpochMilli(at).toString());
        ObjectNode inner = json.putObject("data")
                .put("address", address)
                .put("title", title)
                .put("text", text);
        data.forEach(inner::put);
        return json.toString();
    }
}
