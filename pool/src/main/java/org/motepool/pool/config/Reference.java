package org.motepool.pool.config;

import java.util.List;

/** The settings file with every key, its default and its meaning, as {@code deploy/mote.reference.toml} holds it. */
public final class Reference {
    private static final int LINE_CHARACTERS_MAX = 118;

    private Reference() {}

    /** Ends in a line break. */
    public static String toml() {
        StringBuilder out = new StringBuilder();
        comment(
                out,
                "Every setting of Motepool with its default; made by `mote config reference`, so do not edit it here. Copy what"
                        + " you need to mote.toml. Each key is also an environment variable: stratum.port is MOTE_STRATUM_PORT."
                        + " Flags override both. A secret may stand in a file of its own: MOTE_REDIS_URL_FILE names one for"
                        + " redis.url.");
        String section = "";
        for (Key key : Key.values()) {
            String path = key.path();
            int dot = path.lastIndexOf('.');
            String own = dot < 0 ? "" : path.substring(0, dot);
            if (key == Key.LISTENERS) {
                // Its tables end the section, so that nothing that follows can slip into them.
                continue;
            }
            if (!own.equals(section)) {
                section = own;
                out.append("\n[").append(section).append("]\n");
            } else if (own.isEmpty()) {
                out.append('\n');
            }
            comment(out, key.meaning() + notes(key));
            String line = path.substring(dot + 1) + " = " + value(key);
            out.append(key.fallback().isEmpty() ? "# " : "").append(line).append('\n');
        }
        listeners(out);
        return out.toString();
    }

    private static String notes(Key key) {
        return key.isSecret() ? " (secret)" : "";
    }

    private static String value(Key key) {
        if (key.isList()) {
            return "[]";
        }
        return key.fallback().matches("[0-9]+") ? key.fallback() : "\"" + key.fallback() + "\"";
    }

    private static void listeners(StringBuilder out) {
        out.append('\n');
        comment(out, Key.LISTENERS.meaning());
        out.append("# [[").append(Key.LISTENERS.path()).append("]]\n");
        List<ListenerReader.Part> parts = ListenerReader.PARTS;
        int width = parts.stream()
                .mapToInt(part -> (part.key() + part.example()).length())
                .max()
                .orElse(0);
        for (ListenerReader.Part part : parts) {
            String assignment = part.key() + " = " + part.example();
            out.append("# ")
                    .append(assignment)
                    .append(" ".repeat(width + 5 - assignment.length()))
                    .append("# ")
                    .append(part.meaning())
                    .append('\n');
        }
    }

    private static void comment(StringBuilder out, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > LINE_CHARACTERS_MAX) {
                out.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }
}
