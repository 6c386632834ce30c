package org.motepool.dashboards.html;

/** Writes characters so that no parser takes them for markup, in text and in quoted attributes alike. */
final class Escape {
    private static final int REPLACEMENT = 0xfffd;

    private Escape() {}

    static void text(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isWritable(point) ? point : REPLACEMENT);
            }
        }
    }

    /** Controls and lone surrogates have no place in a document. */
    private static boolean isWritable(int point) {
        boolean control = point < 0x20 && point != '\n' && point != '\t';
        boolean surrogate = point >= 0xd800 && point <= 0xdfff;
        return !control && !surrogate && !(point >= 0x7f && point <= 0x9f);
    }
}
