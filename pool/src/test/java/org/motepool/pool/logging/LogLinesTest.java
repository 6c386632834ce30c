package org.motepool.pool.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("org.motepool.stratum.Some");

    private String line(String format, LoggingEvent event) {
        LogLines lines = new LogLines();
        lines.setContext(context);
        lines.setPattern("%level %msg%n");
        lines.setFormat(format);
        lines.start();
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String template, @Nullable Throwable error, Object... values) {
        return new LoggingEvent("", logger, Level.WARN, template, error, values);
    }

    @Test
    void writesOneObjectALineWithTheNameOfTheEvent() throws Exception {
        LoggingEvent event = event("block {} was found by {}", null, "00ab", "a \"name\"\nof two lines");
        event.addKeyValuePair(new KeyValuePair("height", 7));
        String text = line("json", event);
        JsonNode json = new JsonMapper().readTree(text);

        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(json.path("event").asText()).isEqualTo("block-was-found-by");
        assertThat(json.path("message").asText()).isEqualTo("block 00ab was found by a \"name\"\nof two lines");
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("logger").asText()).isEqualTo("org.motepool.stratum.Some");
        assertThat(json.path("height").asText()).isEqualTo("7");
        assertThat(json.path("time").asText()).matches("\\d{4}-.*Z");
        assertThat(json.has("error")).isFalse();
    }

    @Test
    void holdsAnErrorWithinBounds() throws Exception {
        JsonNode json = new JsonMapper()
                .readTree(line("JSON", event("it failed", new IllegalStateException("x".repeat(100_000)))));
        assertThat(json.path("error").asText())
                .startsWith("java.lang.IllegalStateException: xxx")
                .hasSize(16_384);
    }

    @Test
    void writesByThePatternUnlessAsked() {
        assertThat(line("text", event("a {}", null, "b"))).isEqualTo("WARN a b" + System.lineSeparator());
    }

    @Test
    void namesEventsByTheWordsOfTheirTemplates() {
        assertThat(List.of(
                        EventName.of("stratum listens on {}:{} ({}, {})"),
                        EventName.of("{}: {}"),
                        EventName.of("One two three four five six seven")))
                .containsExactly("stratum-listens-on", "log", "one-two-three-four-five-six");
    }
}
