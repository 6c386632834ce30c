package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image's Java runtime has the modules that the Dockerfile names and no others: every one in use is among them. */
class ImageModulesTest {
    @Test
    void theImageHasEveryModuleThatOurCodeUses() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--multi-release", "25", "--ignore-missing-deps", "--print-module-deps"));
        try (Stream<Path> rooms = Files.list(Path.of(".."))) {
            rooms.map(room -> room.resolve("target/classes"))
                    .filter(classes -> !classes.startsWith("../benchmarks") && Files.isDirectory(classes))
                    .forEach(classes -> arguments.add(classes.toString()));
        }
        StringWriter out = new StringWriter();
        StringWriter trouble = new StringWriter();
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(trouble), arguments.toArray(String[]::new));
        assertThat(exit).as(trouble.toString()).isZero();
        List<String> used = List.of(out.toString().strip().split(","));
        assertThat(used).contains("java.base", "java.net.http");

        Matcher named = Pattern.compile("--add-modules \\\\\n(\\S+)")
                .matcher(Files.readString(Path.of("../deploy/Dockerfile")));
        assertThat(named.find()).isTrue();
        assertThat(List.of(named.group(1).split(","))).containsAll(used);
    }
}
