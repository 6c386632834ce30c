package org.motepool.pool.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; carries every finding. */
public final class ConfigException extends Exception {
    private final transient List<Finding> findings;

    public ConfigException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
