package org.motepool.store.redis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.motepool.core.account.AccountId;
import org.motepool.core.money.Money;
import org.motepool.store.StoreException;

/**
 * Records as JSON: accounts in hex, amounts as decimal strings. A field that this version does not know was written by a
 * newer one and is passed over; a field that is missing is malformed data.
 */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addSerializer(new TextWriter<>(AccountId.class))
                    .addSerializer(new TextWriter<>(Money.class))
                    .addDeserializer(AccountId.class, new TextReader<>(AccountId.class, AccountId::ofHex))
                    .addDeserializer(Money.class, new TextReader<>(Money.class, Money::parse)))
            .build();

    private Json() {}

    static byte[] write(Record value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a " + value.getClass().getSimpleName(), e);
        }
    }

    /** @param key where {@code json} stood, for the message */
    static <T extends Record> T read(String key, byte[] json, Class<T> type) throws StoreException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value != null) {
                return value;
            }
            throw new StoreException(malformed(key, type) + "it is null");
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException parsing ? parsing.getOriginalMessage() : e.getMessage();
            throw new StoreException(malformed(key, type) + why, e);
        }
    }

    /** @param absent values of fields that older versions did not write */
    static <T extends Record> T read(String key, byte[] json, Class<T> type, Map<String, String> absent)
            throws StoreException {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                absent.forEach((field, value) -> {
                    if (!object.has(field)) {
                        object.put(field, value);
                    }
                });
                return read(key, MAPPER.writeValueAsBytes(object), type);
            }
        } catch (IOException e) {
            throw new StoreException(malformed(key, type) + e.getMessage(), e);
        }
        return read(key, json, type);
    }

    private static String malformed(String key, Class<?> type) {
        return "the store's key " + key + " holds no " + type.getSimpleName() + " that this version can read: ";
    }

    private static final class TextWriter<T> extends StdSerializer<T> {
        TextWriter(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class TextReader<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        TextReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString();
            try {
                if (text != null) {
                    return parse.apply(text);
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw context.weirdStringException(text, handledType(), e.getMessage());
            }
            throw context.weirdStringException("", handledType(), "not a text");
        }
    }
}
