package org.motepool.chain.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/**
 * Reads the fields of one JSON object from a node, each checked. Every fault is a {@link MalformedReplyException} that
 * names the field. Immutable.
 */
public final class ReplyFields {
    private static final int SHOWN_CHARACTERS_MAX = 60;

    private final String path;
    private final JsonNode object;

    private ReplyFields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
    }

    /**
     * @param what names the object in errors, as {@code getblocktemplate}
     */
    public static ReplyFields of(String what, JsonNode node) throws MalformedReplyException {
        if (!node.isObject()) {
            throw new MalformedReplyException(what + " must be an object, not " + shown(node));
        }
        return new ReplyFields(what, node);
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    public long integer(String field, long min, long max) throws MalformedReplyException {
        JsonNode value = required(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "a whole number", value);
        }
        long number = value.longValue();
        if (number < min || number > max) {
            throw wrong(field, "between " + min + " and " + max, value);
        }
        return number;
    }

    /** Seconds since 1970, unsigned in 32 bits. */
    public int time(String field) throws MalformedReplyException {
        return (int) integer(field, 0, 0xffff_ffffL);
    }

    public String text(String field) throws MalformedReplyException {
        JsonNode value = required(field);
        if (!value.isTextual()) {
            throw wrong(field, "a text", value);
        }
        return value.textValue();
    }

    public Optional<String> optionalText(String field) throws MalformedReplyException {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    /** A hash in display order. */
    public Hash256 hash(String field) throws MalformedReplyException {
        try {
            return Hash256.ofDisplayHex(text(field));
        } catch (IllegalArgumentException e) {
            throw new MalformedReplyException(
                    named(field) + " must be a hash of 64 hex digits, not " + shown(required(field)), e);
        }
    }

    public Bytes hex(String field) throws MalformedReplyException {
        try {
            return Bytes.ofHex(text(field));
        } catch (IllegalArgumentException e) {
            throw new MalformedReplyException(named(field) + " must be hex, not " + shown(required(field)), e);
        }
    }

    public List<ReplyFields> objects(String field, int max) throws MalformedReplyException {
        JsonNode array = array(field, max);
        List<ReplyFields> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            objects.add(of(named(field) + "[" + i + "]", array.path(i)));
        }
        return objects;
    }

    /** Texts of an array; none when the field is absent. */
    public List<String> optionalTexts(String field, int max) throws MalformedReplyException {
        if (!has(field)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(field, max)) {
            if (!value.isTextual()) {
                throw wrong(field, "a list of texts", value);
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    private JsonNode array(String field, int max) throws MalformedReplyException {
        JsonNode value = required(field);
        if (!value.isArray()) {
            throw wrong(field, "a list", value);
        }
        if (value.size() > max) {
            throw new MalformedReplyException(
                    named(field) + " must have at most " + max + " entries, not " + value.size());
        }
        return value;
    }

    private JsonNode required(String field) throws MalformedReplyException {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            throw new MalformedReplyException(named(field) + " is missing");
        }
        return value;
    }

    private MalformedReplyException wrong(String field, String wanted, JsonNode value) {
        return new MalformedReplyException(named(field) + " must be " + wanted + ", not " + shown(value));
    }

    /** How errors name the field. */
    public String named(String field) {
        return path + "." + field;
    }

    private static String shown(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "an object";
        }
        String text = value.toString();
        return text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "…";
    }
}
