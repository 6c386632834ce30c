package org.motepool.pool.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads settings from a TOML file and the environment; collects findings instead of stopping at the first. */
public final class SettingsReader {
    /** A settings file is small; a larger one is some other file. */
    private static final long FILE_BYTES_MAX = 1 << 20;

    private static final String FILE_SUFFIX = "_FILE";
    private static final long SECRET_BYTES_MAX = 64 << 10;

    private final List<Finding> findings;

    public SettingsReader(List<Finding> findings) {
        this.findings = findings;
    }

    public void readFile(Path file, Settings into) {
        JsonNode root;
        TomlLines lines;
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                findings.add(new Finding(file.toString(), "is larger than 1 MiB", "Name a TOML settings file"));
                return;
            }
            String text = Files.readString(file);
            lines = TomlLines.of(text);
            root = new TomlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            findings.add(new Finding(file + line, "is not TOML: " + e.getOriginalMessage(), "Correct that line"));
            return;
        } catch (IOException e) {
            findings.add(new Finding(file.toString(), "cannot be read (" + e + ")", "Check the path and its rights"));
            return;
        }
        root.properties().forEach(entry -> readNode(file, lines, entry.getKey(), entry.getValue(), into));
    }

    private void readNode(Path file, TomlLines lines, String path, JsonNode node, Settings into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> readNode(file, lines, path + "." + entry.getKey(), entry.getValue(), into));
            return;
        }
        String where = file + lines.place(path) + " " + path;
        Optional<Key> key = Key.ofPath(path);
        if (key.isEmpty()) {
            String mend = Key.nearest(path)
                    .map(near -> "Did you mean " + near.path() + "?")
                    .orElse("Remove it; deploy/mote.reference.toml has all keys");
            findings.add(new Finding(where, "is not a setting", mend));
        } else if (node.isArray() && key.get().isList()) {
            List<String> texts = new ArrayList<>();
            node.forEach(item -> texts.add(item.isObject() ? line(item) : item.asText()));
            into.put(key.get(), texts, where);
        } else if (node.isValueNode()) {
            into.put(key.get(), texts(node.asText()), where);
        } else {
            findings.add(new Finding(
                    where, "has to be one value, not a list or table", key.get().meaning()));
        }
    }

    /** A table in one line: KEY=VALUE, lists with commas. */
    private static String line(JsonNode table) {
        List<String> pairs = new ArrayList<>();
        table.properties().forEach(entry -> {
            List<String> values = new ArrayList<>();
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(entry.getValue().asText());
            }
            pairs.add(entry.getKey() + "=" + String.join(",", values).replaceAll("\\s+", "_"));
        });
        return String.join(" ", pairs);
    }

    /**
     * A blank variable counts as not set: compose files and unit files pass on empty ones. A secret may also be in a file,
     * named by its variable with {@code _FILE} at the end; that file's last line break is no part of it.
     */
    public void readEnvironment(Map<String, String> environment, Settings into) {
        environment.forEach((name, text) -> {
            if (name.startsWith("MOTE_") && !text.isBlank()) {
                readVariable(name, text, environment, into);
            }
        });
    }

    private void readVariable(String name, String text, Map<String, String> environment, Settings into) {
        String where = "environment variable " + name;
        Optional<Key> key = Key.ofEnvironmentName(name);
        if (key.isPresent()) {
            into.put(key.get(), texts(key.get(), text), where);
            return;
        }
        Optional<Key> secret = name.endsWith(FILE_SUFFIX)
                ? Key.ofEnvironmentName(name.substring(0, name.length() - FILE_SUFFIX.length()))
                : Optional.empty();
        if (secret.isPresent()) {
            readSecret(secret.get(), where, text.strip(), environment, into);
            return;
        }
        // Others may begin with MOTE_ too, as those that Kubernetes makes for a service named mote: only a slip is
        // told.
        Key.nearestEnvironmentName(name)
                .ifPresent(near -> findings.add(
                        new Finding(where, "is not a setting", "Did you mean " + near.environmentName() + "?")));
    }

    private void readSecret(Key key, String where, String file, Map<String, String> environment, Settings into) {
        if (!key.isSecret()) {
            findings.add(new Finding(
                    where, "names a file for a setting that is no secret", "Set " + key.environmentName() + " itself"));
            return;
        }
        if (!environment.getOrDefault(key.environmentName(), "").isBlank()) {
            findings.add(new Finding(where, "is set beside " + key.environmentName(), "Set one of the two"));
            return;
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > SECRET_BYTES_MAX) {
                findings.add(new Finding(where, "names a file larger than 64 KiB: " + file, "Name the secret's file"));
                return;
            }
            String text = Files.readString(path).strip();
            if (text.isEmpty()) {
                findings.add(new Finding(where, "names an empty file: " + file, "Write the secret into it"));
                return;
            }
            into.put(key, texts(key, text), where);
        } catch (IOException | InvalidPathException e) {
            findings.add(
                    new Finding(where, "names a file that cannot be read: " + file, "Check the path and its rights"));
        }
    }

    private static List<String> texts(Key key, String text) {
        return key.isList() ? List.of(text.strip().split(key.separator())) : texts(text);
    }

    private static List<String> texts(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip());
    }
}
