package org.motepool.pool.config;

import java.util.List;

/** All settings with their defaults and meanings, as the files in {@code deploy/} hold them. */
public final class Reference {
    private static final int LINE_CHARACTERS_MAX = 118;

    private Reference() {}

    /** The settings file {@code deploy/mote.reference.toml}; ends in a line break. */
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

    /** The same as variables of the environment, as {@code deploy/mote.env} holds it; ends in a line break. */
    public static String environment() {
        StringBuilder out = new StringBuilder();
        comment(
                out,
                "Every setting of Motepool as a variable, with its default; made by `mote config reference --env`. The containers"
                        + " of the compose files read it: take the # away and set what you need. An empty one counts as not set."
                        + " A secret may stand in a file of its own: MOTE_REDIS_URL_FILE names one in place of MOTE_REDIS_URL.");
        for (Key key : Key.values()) {
            out.append('\n');
            comment(out, key.meaning() + notes(key));
            out.append("# ")
                    .append(key.environmentName())
                    .append('=')
                    .append(key.fallback())
                    .append('\n');
        }
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
