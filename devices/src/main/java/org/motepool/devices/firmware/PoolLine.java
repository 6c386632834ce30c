package org.motepool.devices.firmware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One line of the pool, read without trust: absent parts are missing nodes. */
record PoolLine(JsonNode json) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** A line that is no JSON object gives an empty one. */
    static PoolLine parse(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return new PoolLine(json == null || !json.isObject() ? MissingNode.getInstance() : json);
        } catch (JsonProcessingException e) {
            return new PoolLine(MissingNode.getInstance());
        }
    }

    boolean isJson() {
        return json.isObject();
    }

    /** Empty for a reply. */
    String method() {
        return json.path("method").asText("");
    }

    JsonNode params() {
        return json.path("params");
    }

    JsonNode result() {
        return json.path("result");
    }

    JsonNode error() {
        return json.path("error");
    }

    boolean hasNumericId() {
        return json.path("id").isIntegralNumber();
    }

    int id() {
        return json.path("id").asInt(-1);
    }

    /** The code of an error array, 0 where there is none. */
    int errorCode() {
        return error().path(0).asInt();
    }

    /** Whether the reply carries an error; null and absence are none. */
    boolean hasError() {
        return !error().isMissingNode() && !error().isNull();
    }

    /** Why a share was refused, "" if it was accepted. */
    String refusal() {
        if (error().isArray() && !error().isEmpty()) {
            return error().path(0).asText() + " " + error().path(1).asText();
        }
        if (error().isObject()) {
            return error().path("code").asText() + " " + error().path("message").asText();
        }
        return result().isBoolean() && result().asBoolean() ? "" : "no reason given";
    }

    /** What the JSON library of ESP32 firmware needs for a notify: fixed costs, then every string and every branch. */
    int documentBytes() {
        if (!method().equals("mining.notify")) {
            return json.toString().length();
        }
        int strings = params().path(0).asText().length()
                + params().path(2).asText().length()
                + params().path(3).asText().length();
        return 318 + strings + 81 * params().path(4).size();
    }
}
