package org.motepool.dashboards.page;

import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.Odds;

/** Odds and long times in words. */
final class OddsText {
    private static final double THOUSAND = 1e3;
    private static final double[] LARGE = {1e18, 1e15, 1e12, 1e9, 1e6};
    private static final String[] NAMES = {"quintillion", "quadrillion", "trillion", "billion", "million"};
    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    /** From here on a smaller unit says nothing. */
    private static final double ENOUGH = 2;

    private OddsText() {}

    /** {@code 1 in 41 million per year}, or how many blocks come in that time. */
    static String chance(Words words, double expectedBlocks, String per) {
        if (!(expectedBlocks > 0)) {
            return words.say("odds.none");
        }
        if (expectedBlocks >= ENOUGH) {
            return words.say("odds.many." + per, words.plain(expectedBlocks));
        }
        double chance = -Math.expm1(-expectedBlocks);
        return chance >= 0.1
                ? words.say("odds.percent." + per, words.count(Math.round(100 * chance)))
                : words.say("odds.one-in." + per, large(words, 1 / chance));
    }

    /** {@code 163 years}, {@code 4 hours}. */
    static String duration(Words words, double seconds) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            return words.say("odds.never");
        }
        if (seconds < 1) {
            return words.say("odds.under-a-second");
        }
        if (seconds < ENOUGH * MINUTE) {
            return words.counted("odds.second", Math.round(seconds));
        }
        if (seconds < ENOUGH * HOUR) {
            return words.counted("odds.minute", Math.round(seconds / MINUTE));
        }
        if (seconds < ENOUGH * DAY) {
            return words.counted("odds.hour", Math.round(seconds / HOUR));
        }
        double years = seconds / Odds.YEAR_SECONDS;
        if (years < ENOUGH) {
            return words.counted("odds.day", Math.round(seconds / DAY));
        }
        return years < 1e6
                ? words.counted("odds.year", Math.round(years))
                : words.say("odds.years-large", large(words, years));
    }

    /** {@code 41 million}. */
    static String large(Words words, double number) {
        for (int i = 0; i < LARGE.length; i++) {
            if (number >= LARGE[i]) {
                return number >= THOUSAND * LARGE[0]
                        ? words.say("number.beyond")
                        : words.say("number." + NAMES[i], words.plain(number / LARGE[i]));
            }
        }
        return number >= THOUSAND ? words.count(Math.round(number / 10) * 10) : words.plain(number);
    }
}
