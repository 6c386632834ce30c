package org.motepool.dashboards.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Amounts;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;

/**
 * All that pages say, in one language: sentences from a file of words, numbers and times as its readers write them.
 * {@code {0}}, {@code {1}} … in a sentence are filled in. Immutable.
 */
public final class Words {
    private static final Map<Language, Words> ALL = load();

    private final Language language;
    private final Properties texts;
    private final DateTimeFormatter times;
    private final DateTimeFormatter days;
    private final DateTimeFormatter hours;

    private Words(Language language, Properties texts) {
        this.language = language;
        this.texts = texts;
        this.times = formatter("d MMM uuuu, HH:mm:ss 'UTC'");
        this.days = formatter("d MMM");
        this.hours = formatter("HH:mm");
    }

    private DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language.locale()).withZone(ZoneOffset.UTC);
    }

    public static Words of(Language language) {
        return ALL.getOrDefault(language, english());
    }

    private static Words english() {
        Words english = ALL.get(Language.ENGLISH);
        if (english == null) {
            throw new IllegalStateException("the program is incomplete: no English words");
        }
        return english;
    }

    public Language language() {
        return language;
    }

    /** The keys of all texts. */
    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** A text with its places filled. A key that does not exist is a defect of ours. */
    public String say(String key, Object... arguments) {
        StringBuilder out = new StringBuilder();
        for (Object part : parts(key, arguments)) {
            out.append(part);
        }
        return out.toString();
    }

    /** The same where places are filled with elements, or with texts. */
    public Html html(String key, Object... arguments) {
        List<Html> out = new ArrayList<>();
        for (Object part : parts(key, arguments)) {
            out.add(part instanceof Html html ? html : Html.text(part.toString()));
        }
        return Html.all(out);
    }

    /** A text in the form that goes with a count, which is its place {@code {0}}; more places follow. */
    public String counted(String key, long count, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = count(count);
        System.arraycopy(more, 0, arguments, 1, more.length);
        return say(key + "." + language.form(count), arguments);
    }

    private List<Object> parts(String key, Object... arguments) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no words for " + key + " in " + language.code());
        }
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            parts.add(text.substring(from, open));
            parts.add(arguments[Integer.parseInt(text.substring(open + 1, close))]);
            from = close + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** A number that was written with point and comma. */
    public String number(String plain) {
        if (language == Language.ENGLISH) {
            return plain;
        }
        StringBuilder out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            out.append(c == '.' ? language.decimal() : c == ',' ? language.group() : c);
        }
        return out.toString();
    }

    public String count(long number) {
        return number(Quantities.count(number));
    }

    public String hashRate(double hashesPerSecond, long shares) {
        return number(Quantities.hashRate(hashesPerSecond, shares));
    }

    /** A rate for an axis: two digits, no band. */
    public String roundRate(double hashesPerSecond) {
        return number(Quantities.scaled(hashesPerSecond, 2, "H/s"));
    }

    public String difficulty(double difficulty) {
        return difficulty > 0 ? number(Quantities.difficulty(difficulty)) : Quantities.UNKNOWN;
    }

    /** Three digits, without a prefix below a million: 0.00123, 41.2, 1 230. */
    public String plain(double value) {
        return number(Quantities.plain(value));
    }

    public String percentOfBasisPoints(int basisPoints) {
        return number(Quantities.percentOfBasisPoints(basisPoints));
    }

    public String share(BigInteger part, BigInteger whole) {
        return number(Quantities.share(part, whole));
    }

    /** {@code 45 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 12 d}: all readers know these. */
    public String span(long millis) {
        return Times.span(millis);
    }

    public String time(long epochMillis) {
        return times.format(Instant.ofEpochMilli(epochMillis));
    }

    /** A mark on a time axis. */
    public String mark(long epochMillis, boolean isDay) {
        return (isDay ? days : hours).format(Instant.ofEpochMilli(epochMillis));
    }

    /** How long ago, with the exact time behind it; a dash for 0. */
    public Html ago(long then, long now) {
        return moment(then, now - then < 1_000 ? say("time.now") : say("time.ago", span(now - then)));
    }

    /** How long since, with the exact time behind it; a dash for 0. */
    public Html since(long then, long now) {
        return moment(then, span(now - then));
    }

    private Html moment(long then, String text) {
        return then <= 0
                ? Html.text(Quantities.UNKNOWN)
                : Html.tag("time")
                        .attr("datetime", Times.iso(then))
                        .attr("title", time(then))
                        .with(text);
    }

    /** Satoshis to the last of 12 decimals, with their unit. */
    public Html exactSats(Money amount) {
        return Html.all(Amounts.exact(amount, language.decimal()), Html.text("\u00a0sat"));
    }

    /** Satoshis without needless decimals, with their unit. */
    public Html sats(Money amount) {
        return Html.all(Amounts.brief(amount, language.decimal()), Html.text("\u00a0sat"));
    }

    private static Map<Language, Words> load() {
        Map<Language, Words> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String file = "words_" + language.code() + ".properties";
            try (InputStream in = Words.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("the program is incomplete: no " + file);
                }
                Properties texts = new Properties();
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                all.put(language, new Words(language, texts));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Map.copyOf(all);
    }
}
