package org.motepool.core.preference;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Of what a notice can tell. */
public enum NoticeKind {
    /** A worker has fallen silent, or is back. */
    SILENT,
    /** A share is better than any before. */
    BEST,
    /** A block was found in which the account has a part. */
    BLOCK,
    /** A payment is on its way, or has arrived. */
    PAYOUT;

    private static final String SEPARATOR = "+";

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String all() {
        return text(EnumSet.allOf(NoticeKind.class));
    }

    static String text(Set<NoticeKind> kinds) {
        return Arrays.stream(values())
                .filter(kinds::contains)
                .map(NoticeKind::id)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** Parses names in any order, parted by plus, comma or space; {@code all} stands for all. */
    public static Set<NoticeKind> parse(String typed) throws PreferenceException {
        Set<NoticeKind> kinds = EnumSet.noneOf(NoticeKind.class);
        for (String part : typed.strip().toLowerCase(Locale.ROOT).split("[+, ]+", values().length + 1)) {
            if (part.equals("all")) {
                return EnumSet.allOf(NoticeKind.class);
            }
            kinds.add(Arrays.stream(values())
                    .filter(kind -> kind.id().equals(part))
                    .findFirst()
                    .orElseThrow(() -> new PreferenceException(
                            "notices tell of " + all().replace(SEPARATOR, ", ") + ", or of all")));
        }
        return kinds;
    }
}
