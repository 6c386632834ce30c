package org.motepool.core.preference;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type as the value of a preference, in the one form that texts and the journal have. Stateless. */
public final class PreferenceValue {
    /** The pool's own minimum. */
    public static final String DEFAULT = "default";

    public static final String OFF = "off";

    /** More than there will ever be. */
    public static final long THRESHOLD_SATOSHIS_MAX = 2_100_000_000_000_000L;

    /** Whoever left all would be paid nothing: that is no payment. */
    public static final int BASIS_POINTS_MAX = 9_900;

    /** Longest value that is taken, in characters. */
    public static final int CHARACTERS_MAX = 300;

    /** A host by name: a number in the last part would be an address. */
    static final Pattern HOST = Pattern.compile(
            "(?=.{4,190}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    private static final Pattern SATOSHIS = Pattern.compile("([0-9]{1,16})(?: ?sat)?");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})(?:[.,]([0-9]{1,2}))? ?%?");
    /** Percent forms are whole; brackets stand in neither path nor query. */
    private static final Pattern URL = Pattern.compile("(?i:https)://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?"
            + "(/(?:[^?%\\[\\]]|%[0-9A-Fa-f]{2})*)?(\\?(?:[^%\\[\\]]|%[0-9A-Fa-f]{2})*)?");

    private static final int USUAL_PORT = 443;
    private static final int FREE_PORTS_FROM = 1_024;
    private static final int PORT_MAX = 65_535;

    private PreferenceValue() {}

    /** The form in which a value is signed and kept. */
    public static String canonical(PreferenceField field, String typed) throws PreferenceException {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
            throw new PreferenceException("a value has 1 to " + CHARACTERS_MAX + " characters");
        }
        String canonical = form(field, text);
        if (canonical.length() > CHARACTERS_MAX) {
            // A URL without a path gets one.
            throw new PreferenceException("a value has 1 to " + CHARACTERS_MAX + " characters");
        }
        return canonical;
    }

    private static String form(PreferenceField field, String text) throws PreferenceException {
        return switch (field) {
            case THRESHOLD -> canonicalThreshold(text.toLowerCase(Locale.ROOT));
            case LIGHTNING ->
                isOff(text) ? OFF : LightningDestination.parse(text).text();
            case DONATE -> percent(basisPointsTyped(text));
            case WEBHOOK, NTFY -> isOff(text) ? OFF : url(field, text);
            case EVENTS -> NoticeKind.text(NoticeKind.parse(text));
            case CANCEL -> cancelled(text).id();
        };
    }

    /** Satoshis that have to be available; empty for the pool's own minimum. */
    public static OptionalLong threshold(String canonical) {
        return canonical.equals(DEFAULT)
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(canonical.substring(0, canonical.indexOf(' '))));
    }

    /** Hundredths of a percent. */
    public static int basisPoints(String canonical) {
        Matcher matcher = PERCENT.matcher(canonical);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a percentage: " + canonical);
        }
        return basisPoints(matcher);
    }

    /** The field of a change that is taken back. */
    public static PreferenceField cancelled(String typed) throws PreferenceException {
        return PreferenceField.ofId(typed.toLowerCase(Locale.ROOT))
                .filter(PreferenceField::isAboutMoney)
                .orElseThrow(
                        () -> new PreferenceException("changes of threshold, lightning and donate can be taken back"));
    }

    private static boolean isOff(String text) {
        return text.equalsIgnoreCase(OFF);
    }

    private static String canonicalThreshold(String text) throws PreferenceException {
        if (text.equals(DEFAULT)) {
            return DEFAULT;
        }
        Matcher matcher = SATOSHIS.matcher(text);
        long satoshis = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (satoshis < 1 || satoshis > THRESHOLD_SATOSHIS_MAX) {
            throw new PreferenceException("a threshold is a whole number of satoshis from 1 on, or default");
        }
        return satoshis + " sat";
    }

    private static int basisPointsTyped(String text) throws PreferenceException {
        Matcher matcher = PERCENT.matcher(text);
        int points = matcher.matches() ? basisPoints(matcher) : -1;
        if (points < 0 || points > BASIS_POINTS_MAX) {
            throw new PreferenceException("a donation is 0 to 99 percent with two decimals at most");
        }
        return points;
    }

    private static int basisPoints(Matcher matcher) {
        String decimals = matcher.group(2) == null ? "" : matcher.group(2);
        return Integer.parseInt(matcher.group(1) + (decimals + "00").substring(0, 2));
    }

    private static String percent(int points) {
        String decimals = "%02d".formatted(points % 100).replaceAll("0+$", "");
        return points / 100 + (decimals.isEmpty() ? "" : "." + decimals) + "%";
    }

    private static String url(PreferenceField field, String text) throws PreferenceException {
        String url = url(text);
        if (field == PreferenceField.NTFY && !url.matches("https://[^/]+/[A-Za-z0-9_-]{1,64}(\\?.*)?")) {
            throw new PreferenceException("an ntfy topic looks like https://ntfy.sh/TOPIC");
        }
        return url;
    }

    /** An https URL of a host with a name; where that name leads is checked each time it is used. */
    static String url(String text) throws PreferenceException {
        if (!text.matches("[!-~&&[^\"'<>;\\\\^`{|}]]+")) {
            throw new PreferenceException("the URL holds a letter that a URL has only in its percent form");
        }
        if (text.contains("#") || text.matches("[^/]*//[^/?]*@.*")) {
            throw new PreferenceException("the URL has no user and no fragment");
        }
        Matcher matcher = URL.matcher(text);
        String host = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        if (!HOST.matcher(host).matches()) {
            throw new PreferenceException("the URL begins with https:// and the name of a public host");
        }
        int port = matcher.group(2) == null ? USUAL_PORT : Integer.parseInt(matcher.group(2));
        if (port != USUAL_PORT && (port < FREE_PORTS_FROM || port > PORT_MAX)) {
            throw new PreferenceException("the URL's port is 443, or 1024 to 65535");
        }
        String path = matcher.group(3) == null ? "/" : matcher.group(3);
        String query = matcher.group(4) == null ? "" : matcher.group(4);
        return "https://" + host + (port == USUAL_PORT ? "" : ":" + port) + path + query;
    }
}
