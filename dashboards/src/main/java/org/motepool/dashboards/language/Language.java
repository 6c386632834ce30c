package org.motepool.dashboards.language;

import java.util.Locale;
import java.util.Optional;

/** What the pages speak. To teach them another one, add a line here and a file of words beside the others. */
public enum Language {
    ENGLISH("en", "English", '.', ','),
    POLISH("pl", "Polski", ',', '\u00a0');

    private final String code;
    private final String ownName;
    private final char decimal;
    private final char group;

    Language(String code, String ownName, char decimal, char group) {
        this.code = code;
        this.ownName = ownName;
        this.decimal = decimal;
        this.group = group;
    }

    /** As in {@code lang} attributes. */
    public String code() {
        return code;
    }

    /** As its own readers call it. */
    public String ownName() {
        return ownName;
    }

    char decimal() {
        return decimal;
    }

    char group() {
        return group;
    }

    Locale locale() {
        return Locale.of(code);
    }

    public static Optional<Language> ofCode(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The best of what a browser asks for; English where it asks for none of ours. */
    public static Language ofHeader(String acceptLanguage) {
        Language best = ENGLISH;
        double bestWeight = 0;
        for (String range : acceptLanguage.split(",", RANGES_MAX)) {
            String[] parts = range.strip().split(";", -1);
            String primary = parts[0].strip().toLowerCase(Locale.ROOT).split("-", -1)[0];
            double weight = weight(parts);
            Optional<Language> known = ofCode(primary);
            if (known.isPresent() && weight > bestWeight) {
                best = known.get();
                bestWeight = weight;
            }
        }
        return best;
    }

    /** More than a browser ever sends. */
    private static final int RANGES_MAX = 20;

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }

    /** Which form of a noun goes with a count: {@code one}, {@code few} or {@code many}. */
    String form(long count) {
        if (count == 1) {
            return "one";
        }
        if (this == POLISH) {
            long last = count % 10;
            long lastTwo = count % 100;
            return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? "few" : "many";
        }
        return "many";
    }
}
