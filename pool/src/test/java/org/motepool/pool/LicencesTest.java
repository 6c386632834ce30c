package org.motepool.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build writes, and so the image carries, names a licence we may ship for every part. */
class LicencesTest {
    /** Each allows to ship the unchanged library beside Apache-2.0 code; for two of a list, one suffices. */
    private static final Set<String> MAY_SHIP = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-2.0",
            "Bouncy Castle Licence",
            "Mozilla Public License version 2.0");

    private final List<JsonNode> components = new ArrayList<>();

    LicencesTest() throws IOException {
        JsonNode bom = new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
        bom.path("components").forEach(components::add);
    }

    @Test
    void everyPartHasALicenceThatWeMayShip() {
        List<String> unknown = components.stream()
                .filter(part -> licences(part).stream().noneMatch(MAY_SHIP::contains))
                .map(part -> part.path("name").asText() + " " + licences(part))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void theBillNamesEveryPartByItsExactVersionAndDigest() {
        List<String> vague = components.stream()
                .filter(part -> !part.path("group").asText().equals("org.motepool"))
                .filter(part -> part.path("purl").asText().isEmpty()
                        || part.path("hashes").isEmpty())
                .map(part -> part.path("name").asText())
                .toList();
        assertEquals(List.of(), vague);
        assertTrue(
                components.stream().anyMatch(part -> part.path("name").asText().equals("lettuce-core")),
                "the bill holds what the pool runs on");
    }

    private static List<String> licences(JsonNode part) {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : part.path("licenses")) {
            JsonNode licence = entry.path("license");
            found.add(licence.path("id")
                    .asText(licence.path("name").asText(entry.path("expression").asText())));
        }
        return found;
    }
}
