package org.motepool.stratum.v1;

import java.util.List;
import java.util.Map;

/** One JSON value of a miner's line, bounded in depth and size by {@link JsonLine}. Immutable. */
sealed interface JsonValue {
    /** The text of a string, empty for anything else. */
    default String textOrEmpty() {
        return this instanceof Text text ? text.value() : "";
    }

    record Text(String value) implements JsonValue {}

    /** @param literal as the miner wrote it */
    record Num(String literal) implements JsonValue {}

    record Bool(boolean value) implements JsonValue {}

    record Null() implements JsonValue {
        static final Null INSTANCE = new Null();
    }

    record Arr(List<JsonValue> items) implements JsonValue {
        public Arr {
            items = List.copyOf(items);
        }

        JsonValue at(int index) {
            return index < items.size() ? items.get(index) : Null.INSTANCE;
        }
    }

    record Obj(Map<String, JsonValue> fields) implements JsonValue {
        public Obj {
            fields = Map.copyOf(fields);
        }

        JsonValue at(String name) {
            return fields.getOrDefault(name, Null.INSTANCE);
        }
    }
}
