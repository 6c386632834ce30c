package org.motepool.pool.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which line of a TOML file each key stands, for messages: the parser does not tell. Keys in quotes and tables within a
 * line are not found; then a message names the key alone. Immutable.
 */
final class TomlLines {
    private static final String PATH = "[A-Za-z0-9_-]+(?:\\s*\\.\\s*[A-Za-z0-9_-]+)*";
    private static final Pattern TABLE = Pattern.compile("\\s*\\[\\[?\\s*(" + PATH + ")\\s*\\]\\]?\\s*(?:#.*)?");
    private static final Pattern KEY = Pattern.compile("\\s*(" + PATH + ")\\s*=.*");

    private final Map<String, Integer> lines;

    private TomlLines(Map<String, Integer> lines) {
        this.lines = Map.copyOf(lines);
    }

    static TomlLines of(String toml) {
        Map<String, Integer> lines = new HashMap<>();
        String table = "";
        int number = 0;
        for (String line : toml.split("\n", -1)) {
            number++;
            Matcher head = TABLE.matcher(line.strip());
            Matcher key = KEY.matcher(line);
            if (head.matches()) {
                String name = bare(head.group(1));
                table = name + ".";
                lines.putIfAbsent(name, number);
            } else if (key.matches()) {
                lines.putIfAbsent(table + bare(key.group(1)), number);
            }
        }
        return new TomlLines(lines);
    }

    private static String bare(String path) {
        return path.replaceAll("\\s", "");
    }

    /** {@code :7}, to follow the file's name; empty where the line is not known. */
    String place(String path) {
        Integer line = lines.get(path);
        return line == null ? "" : ":" + line;
    }
}
