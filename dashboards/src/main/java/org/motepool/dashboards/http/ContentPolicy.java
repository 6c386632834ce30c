package org.motepool.dashboards.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a browser lets a page load and run: the value of {@code Content-Security-Policy}. Immutable.
 *
 * @see "Content Security Policy Level 3"
 */
public final class ContentPolicy {
    public static final String HEADER = "Content-Security-Policy";

    /** Modules of our own, nothing from elsewhere and nothing inline. Nobody may frame the pages, forms lead only here. */
    public static final ContentPolicy STANDING = new ContentPolicy(Map.of())
            .with("default-src", "'self'")
            .with("object-src", "'none'")
            .with("base-uri", "'none'")
            .with("form-action", "'self'")
            .with("frame-ancestors", "'none'");

    private final Map<String, String> directives;

    private ContentPolicy(Map<String, String> directives) {
        this.directives = directives;
    }

    /** With a directive more, or other sources for it. */
    public ContentPolicy with(String directive, String... sources) {
        for (String source : sources) {
            if (!source.matches("[!-~&&[^;,]]+")) {
                throw new IllegalArgumentException("no source of a policy: " + source);
            }
        }
        Map<String, String> more = new LinkedHashMap<>(directives);
        more.put(directive, String.join(" ", sources));
        return new ContentPolicy(more);
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return directives.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
