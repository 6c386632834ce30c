package org.motepool.dashboards.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.motepool.dashboards.language.Words;

/**
 * One reader's look at one page.
 *
 * @param words in the reader's language
 * @param path of the page
 * @param host by which this reader's devices reach the pool
 */
public record Visit(Words words, String path, String host) {
    String say(String key, Object... arguments) {
        return words.say(key, arguments);
    }

    /** Path of one worker's page. */
    public static String workerPath(String address, String worker) {
        return "/users/" + address + "/"
                + URLEncoder.encode(worker, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
