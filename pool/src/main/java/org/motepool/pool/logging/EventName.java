package org.motepool.pool.logging;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names what a log line tells of, by the words of its template: the same line of code has the same name always. */
final class EventName {
    private static final int WORDS_MAX = 6;
    private static final Pattern WORD = Pattern.compile("\\p{Alnum}+");

    private EventName() {}

    /** As {@code stratum-listens-on} of {@code "stratum listens on {}:{}"}; {@code log} where there is no word. */
    static String of(String template) {
        StringBuilder name = new StringBuilder();
        Matcher word = WORD.matcher(template);
        for (int words = 0; words < WORDS_MAX && word.find(); words++) {
            name.append(words == 0 ? "" : "-").append(word.group().toLowerCase(Locale.ROOT));
        }
        return name.isEmpty() ? "log" : name.toString();
    }
}
