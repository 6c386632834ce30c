package org.motepool.stratum.v1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads exactly one JSON value from a line. Thread-safe. */
final class JsonLine {
    /** The deepest request of any known client nests 3 levels. */
    static final int DEPTH_MAX = 8;

    /** Entries of one array or object; a submit has 6, a configure names a handful. */
    static final int ENTRIES_MAX = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(LineFramer.LINE_BYTES_MAX)
                    .maxNameLength(LineFramer.LINE_BYTES_MAX)
                    .maxNumberLength(LineFramer.LINE_BYTES_MAX)
                    .build())
            // Strangers choose the names: no shared symbol table that they could fill.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private JsonLine() {}

    /** Throws IOException for anything that is not one JSON value within the limits. */
    static JsonValue parse(byte[] line, int offset, int length) throws IOException {
        try (JsonParser parser = FACTORY.createParser(line, offset, length)) {
            JsonValue value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value in a line");
            }
            return value;
        }
    }

    private static JsonValue value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("the line ends inside a JSON value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Num(parser.getText());
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case VALUE_NULL -> JsonValue.Null.INSTANCE;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IOException("unexpected " + token);
        };
    }

    private static JsonValue array(JsonParser parser) throws IOException {
        List<JsonValue> items = new ArrayList<>(6);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            checkCount(items.size());
            items.add(value(parser, token));
        }
        return new JsonValue.Arr(items);
    }

    private static JsonValue object(JsonParser parser) throws IOException {
        Map<String, JsonValue> fields = new HashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            checkCount(fields.size());
            if (token != JsonToken.FIELD_NAME) {
                throw new IOException("the line ends inside an object");
            }
            String name = parser.currentName();
            fields.put(name, value(parser, parser.nextToken()));
        }
        return new JsonValue.Obj(fields);
    }

    private static void checkCount(int count) throws IOException {
        if (count >= ENTRIES_MAX) {
            throw new IOException("more than " + ENTRIES_MAX + " entries");
        }
    }
}
