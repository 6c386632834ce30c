package org.motepool.dashboards.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of a page: text or an element. Immutable.
 *
 * <p>Own code instead of a template library: pages are plain Java that the compiler checks, escaping has no switch to
 * turn off, and the build needs neither a plugin nor generated sources. Scripts, inline styles and event attributes
 * cannot be expressed, and links lead only into this site.
 */
public sealed interface Html {
    /** Appends this piece, escaped. */
    void writeTo(StringBuilder out);

    /** Text: everything in it is shown as it stands. */
    static Html text(String value) {
        return new Text(value);
    }

    /** An element without attributes or children yet. */
    static Element tag(String name) {
        return new Element(name, List.of(), List.of());
    }

    /** Several pieces in a row. */
    static Html all(Html... parts) {
        return new Fragment(List.of(parts));
    }

    /** Several pieces in a row. */
    static Html all(List<? extends Html> parts) {
        return new Fragment(List.copyOf(parts));
    }

    /** Nothing. */
    static Html none() {
        return new Fragment(List.of());
    }

    /** The piece alone, as it stands in a picture file. */
    default String written() {
        StringBuilder out = new StringBuilder(4_096);
        writeTo(out);
        return out.toString();
    }

    /** The piece as a whole document. */
    default String document() {
        StringBuilder out = new StringBuilder(16_384).append("<!doctype html>\n");
        writeTo(out);
        return out.toString();
    }

    /** The one script that pages have: a module of this site, named by the hash of its content. */
    static Html module(String path) {
        return new Module(path);
    }

    /** A reference to a module; there is no way to write a script into a page. */
    record Module(String path) implements Html {
        public Module {
            if (!path.matches("/assets/[a-z]+-[0-9a-f]{12}\\.js")) {
                throw new IllegalArgumentException("no asset of this site: " + path);
            }
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append("<script type=\"module\" src=\"").append(path).append("\"></script>");
        }
    }

    /** Shown characters. */
    record Text(String value) implements Html {
        @Override
        public void writeTo(StringBuilder out) {
            Escape.text(value, out);
        }
    }

    /** Pieces without an element around them. */
    record Fragment(List<Html> parts) implements Html {
        public Fragment {
            parts = List.copyOf(parts);
        }

        @Override
        public void writeTo(StringBuilder out) {
            parts.forEach(part -> part.writeTo(out));
        }
    }

    /** A name and its value; the value is escaped when written. */
    record Attribute(String name, String value) {
        private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9-]*");
        private static final Set<String> LINKS = Set.of("href", "src", "action");

        public Attribute {
            if (!NAME.matcher(name).matches() || name.startsWith("on") || name.equals("style")) {
                throw new IllegalArgumentException("no page may have the attribute " + name);
            }
            if (LINKS.contains(name) && !leadsIntoThisSite(value)) {
                throw new IllegalArgumentException("a link leads to a path of this site, not to " + value);
            }
        }

        private static boolean leadsIntoThisSite(String value) {
            return value.startsWith("#") || (value.startsWith("/") && !value.startsWith("//") && !value.contains("\\"));
        }
    }

    /** An element; each method gives a new one. */
    record Element(String name, List<Attribute> attributes, List<Html> children) implements Html {
        private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");
        private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");
        private static final Set<String> NEVER = Set.of(
                "script",
                "style",
                "iframe",
                "object",
                "embed",
                "base",
                "foreignObject",
                "use",
                "image",
                "animate",
                "set");

        public Element {
            if (!NAME.matcher(name).matches() || NEVER.contains(name)) {
                throw new IllegalArgumentException("no page may have the element " + name);
            }
            if (VOID.contains(name) && !children.isEmpty()) {
                throw new IllegalArgumentException("the element " + name + " has no content");
            }
            attributes = List.copyOf(attributes);
            children = List.copyOf(children);
        }

        public Element attr(String attribute, String value) {
            List<Attribute> more = new ArrayList<>(attributes);
            more.add(new Attribute(attribute, value));
            return new Element(name, more, children);
        }

        /** The {@code class} attribute. */
        public Element cls(String value) {
            return attr("class", value);
        }

        public Element with(String text) {
            return with(Html.text(text));
        }

        public Element with(Html... more) {
            return with(List.of(more));
        }

        public Element with(List<? extends Html> more) {
            List<Html> joined = new ArrayList<>(children);
            joined.addAll(more);
            return new Element(name, attributes, joined);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('<').append(name);
            for (Attribute attribute : attributes) {
                out.append(' ').append(attribute.name()).append("=\"");
                Escape.text(attribute.value(), out);
                out.append('"');
            }
            out.append('>');
            if (!VOID.contains(name)) {
                children.forEach(child -> child.writeTo(out));
                out.append("</").append(name).append('>');
            }
        }
    }
}
