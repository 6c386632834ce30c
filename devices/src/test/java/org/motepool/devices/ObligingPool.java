package org.motepool.devices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Answers every device as it likes it and accepts every share once. */
final class ObligingPool {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String MICRO = "0.0000152587890625";

    private ObligingPool() {}

    /** A share in some seconds; what vardiff would come to. */
    private static String difficultyOf(String agent) {
        if (agent.startsWith("cpuminer")) {
            return "0.00390625";
        }
        boolean micro = agent.startsWith("NerdMiner")
                || agent.startsWith("LeafMiner")
                || agent.startsWith("QMiner")
                || agent.startsWith("SparkMiner");
        return micro ? MICRO : "1";
    }

    /** Serves links in the background until the pool is closed. */
    static void serve(ScriptedPool pool) {
        Thread.ofVirtual().name("obliging-pool").start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    ScriptedPool.Session session = pool.session();
                    Thread.ofVirtual().name("obliging-session").start(() -> serve(session));
                }
            } catch (AssertionError | InterruptedException over) {
                // Nobody dials any more.
            }
        });
    }

    private static void serve(ScriptedPool.Session session) {
        String difficulty = MICRO;
        try (session) {
            while (true) {
                JsonNode line = MAPPER.readTree(session.line());
                JsonNode id = line.path("id");
                switch (line.path("method").asText()) {
                    case "mining.subscribe" -> {
                        difficulty = difficultyOf(line.path("params").path(0).asText());
                        session.send(Transcript.subscribed(id.asInt()));
                    }
                    case "mining.configure" -> session.send(Transcript.configured(id.asInt()));
                    case "mining.authorize" -> session.send(ok(id), Transcript.difficulty(difficulty), Transcript.JOB);
                    default -> {
                        if (!id.isNull()) {
                            session.send(ok(id));
                        }
                    }
                }
            }
        } catch (AssertionError | Exception over) {
            // The device is gone or silent.
        }
    }

    /** Echoes the id with its type. */
    private static String ok(JsonNode id) {
        return Transcript.ok(0).replace("\"id\":0", "\"id\":" + id);
    }
}
