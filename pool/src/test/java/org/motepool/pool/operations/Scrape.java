package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.motepool.pool.wiring.PoolRuntime;

/**
 * What Prometheus reads of a pool.
 *
 * @param text in Prometheus's text format
 */
record Scrape(String text) {
    static Scrape of(PoolRuntime pool) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pool.managementPort() + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new Scrape(answer.body());
        }
    }

    /** Of families, which are there before their first sample; the library's times of creation left out. */
    Set<String> families() {
        return text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .filter(name -> !name.endsWith("_created"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of families, and of what a histogram has. */
    Set<String> names() {
        Set<String> names = families();
        text.lines()
                .filter(line -> line.startsWith("# TYPE ") && line.matches(".* (histogram|summary)"))
                .map(line -> line.split(" ", -1)[2])
                .forEach(name -> names.addAll(Set.of(name + "_bucket", name + "_sum", name + "_count")));
        return names;
    }

    /** Names with labels of all samples. */
    Set<String> series(String prefix) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What begins so, without the library's times of creation. */
    String only(String prefix) {
        return text.lines()
                        .filter(line -> line.replaceFirst("^# (HELP|TYPE) ", "").startsWith(prefix))
                        .filter(line ->
                                !line.replaceFirst("^# (HELP|TYPE) ", "").matches("[a-z_]+_created\\b.*"))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }
}
