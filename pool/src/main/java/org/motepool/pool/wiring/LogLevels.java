package org.motepool.pool.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.AdminAction.Refusal;
import org.slf4j.LoggerFactory;

/** How much a running pool logs, by part; until it is restarted. Thread-safe. */
final class LogLevels {
    private static final String OURS = "org.motepool";
    private static final String AUDIT = OURS + ".audit";
    private static final String AS_ABOVE = "INHERIT";
    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE", AS_ABOVE);

    private LogLevels() {}

    static List<AdminAction> actions() {
        return List.of(
                AdminAction.reading("loglevel", parameters -> levels()),
                AdminAction.changing("loglevel-set", LogLevels::set));
    }

    private static LoggerContext context() throws Refusal {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return context;
        }
        throw new Refusal("this process logs by something else than Logback");
    }

    private static JsonNode levels() throws Refusal {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Logger logger : context().getLoggerList()) {
            if (logger.getLevel() != null) {
                out.put(logger.getName(), logger.getLevel().toString());
            }
        }
        return out;
    }

    private static JsonNode set(Map<String, String> parameters) throws Refusal {
        String level = parameters.getOrDefault("level", "").strip().toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new Refusal("a level is one of " + String.join(", ", LEVELS));
        }
        String part = parameters.getOrDefault("part", "").strip();
        String name = part.isEmpty() ? OURS : part.indexOf('.') < 0 ? OURS + "." + part : part;
        if (name.equals(AUDIT)) {
            throw new Refusal("what operators do is always logged");
        }
        // Only what there is: the pool keeps every logger that was ever named.
        Logger logger = context().exists(name);
        if (logger == null) {
            throw new Refusal(
                    "nothing logs as " + name + "; parts are stratum, payout, chain, store, dashboards, pool");
        }
        logger.setLevel(level.equals(AS_ABOVE) ? null : Level.toLevel(level));
        return JsonNodeFactory.instance
                .objectNode()
                .put("part", name)
                .put("level", logger.getEffectiveLevel().toString());
    }
}
