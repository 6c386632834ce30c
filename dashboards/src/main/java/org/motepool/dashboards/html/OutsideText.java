package org.motepool.dashboards.html;

/** Texts that a stranger chose (worker names, user agents), made fit to stand beside ours. */
public final class OutsideText {
    /** More does not fit a table on a phone. */
    public static final int CHARACTERS_MAX = 64;

    private OutsideText() {}

    /** Cut to {@link #CHARACTERS_MAX}, without controls and without marks that turn the direction of writing. */
    public static String plain(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(OutsideText::isShown)
                .limit(CHARACTERS_MAX + 1L)
                .forEach(kept::appendCodePoint);
        if (kept.codePointCount(0, kept.length()) <= CHARACTERS_MAX) {
            return kept.toString().strip();
        }
        return kept.substring(0, kept.offsetByCodePoints(0, CHARACTERS_MAX - 1)).strip() + "…";
    }

    /** The same in an element of its own, so that its direction of writing ends with it. */
    public static Html shown(String text) {
        return Html.tag("bdi").with(plain(text));
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
