package org.motepool.pool.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.KeyValuePair;

/**
 * Writes log lines by the pattern, or, asked for {@code json}, as one object a line: {@code time}, {@code level}, {@code
 * event}, {@code message}, {@code logger}, {@code thread}, the line's own keys, {@code error}. Made by {@code logback.xml}.
 */
public final class LogLines extends PatternLayoutEncoder {
    /** Of one stack trace: the innermost causes stand at its end, the place at its begin. */
    private static final int ERROR_CHARACTERS_MAX = 16_384;

    private boolean json;

    /** @param format {@code json}, else text */
    public void setFormat(String format) {
        json = format.strip().equalsIgnoreCase("json");
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return json ? (object(event) + "\n").getBytes(StandardCharsets.UTF_8) : super.encode(event);
    }

    private static ObjectNode object(ILoggingEvent event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("event", EventName.of(event.getMessage()));
        line.put("message", event.getFormattedMessage());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.put(pair.key, String.valueOf(pair.value));
            }
        }
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            String trace = ThrowableProxyUtil.asString(error);
            line.put("error", trace.substring(0, Math.min(trace.length(), ERROR_CHARACTERS_MAX)));
        }
        return line;
    }
}
