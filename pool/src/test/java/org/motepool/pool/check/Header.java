package org.motepool.pool.check;

import java.util.List;
import java.util.Optional;

/** The comments at the head of a settings file of the tests: what it needs, and what is to be found. */
record Header(List<String> lines) {
    static Header of(String toml) {
        return new Header(toml.lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .toList());
    }

    boolean online() {
        return lines.contains("online");
    }

    /** Errors that follow from the one that is to be found. */
    int others() {
        return value("others").map(Integer::parseInt).orElse(0);
    }

    Optional<String> value(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    String required(String name) {
        return value(name).orElseThrow(() -> new IllegalArgumentException("the head of the file has no " + name));
    }
}
