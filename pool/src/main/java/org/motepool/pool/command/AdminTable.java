package org.motepool.pool.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.motepool.pool.Failure;

/** Answers of the admin API as columns, each as wide as it has to be. Stateless. */
final class AdminTable {
    private static final int COLUMN_CHARACTERS_MAX = 64;

    private AdminTable() {}

    /** @param names keys of the objects, and the head of the table */
    static void print(String reply, List<String> names, String none, PrintWriter out) throws Failure {
        List<List<String>> rows = new ArrayList<>(List.of(names));
        for (JsonNode row : json(reply)) {
            rows.add(names.stream().map(name -> plain(row.path(name).asText())).toList());
        }
        if (rows.size() == 1) {
            out.println(none);
            return;
        }
        int[] widths = new int[names.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    static JsonNode json(String reply) throws Failure {
        try {
            return new JsonMapper().readTree(reply);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the pool's answer is not JSON: " + e.getMessage(), e);
        }
    }

    /** Names that devices chose may not steer a terminal. */
    private static String plain(String text) {
        String shown = text.replaceAll("[^\\P{C}]", "?");
        return shown.length() <= COLUMN_CHARACTERS_MAX ? shown : shown.substring(0, COLUMN_CHARACTERS_MAX - 1) + "…";
    }
}
