package org.motepool.dashboards.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]+}");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z0-9.-]+)\"");
    private static final Path SOURCES = Path.of("src/main/java/org/motepool/dashboards");

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyLanguageHasEveryTextWithTheSamePlaces(Language language) {
        Words english = Words.of(Language.ENGLISH);
        Words words = Words.of(language);

        assertThat(new TreeSet<>(words.keys())).isEqualTo(new TreeSet<>(english.keys()));
        Object[] marks = {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}"};
        assertThat(words.keys()).allSatisfy(key -> {
            String text = words.say(key, marks);
            assertThat(text).as(key).isNotBlank().isEqualTo(text.strip());
            // A count may be left out where it goes without saying; anything else must stand in both.
            assertThat(places(text)).as(key).isEqualTo(places(english.say(key, marks)));
        });
    }

    @Test
    void everyTextIsSaidSomewhereAndNothingElseIs() throws IOException {
        Set<String> literals = new HashSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher matcher = LITERAL.matcher(Files.readString(file));
                while (matcher.find()) {
                    literals.add(matcher.group(1));
                }
            }
        }
        List<String> unsaid = Words.of(Language.ENGLISH).keys().stream()
                .map(key -> key.replaceAll("\\.(one|few|many)$", ""))
                .distinct()
                .filter(key -> !literals.contains(key) && !puttogether(key, literals))
                .sorted()
                .toList();
        assertThat(unsaid).isEmpty();
    }

    /** A key such as {@code verdict.late.next}: its head and the rest stand in the code apart. */
    private static boolean puttogether(String key, Set<String> literals) {
        return Stream.of(
                        "verdict.",
                        "state.",
                        "chart.span.",
                        "odds.many.",
                        "odds.percent.",
                        "odds.one-in.",
                        "number.",
                        "problem.",
                        "recipe.",
                        "fields.",
                        "costs.",
                        "nav.",
                        "mine.state.",
                        "settings.field.",
                        "settings.form.",
                        "outcome.",
                        "rewards.")
                .filter(literals::contains)
                .anyMatch(head -> key.startsWith(head));
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 urządzenie",
        "2, 2 urządzenia",
        "4, 4 urządzenia",
        "5, 5 urządzeń",
        "12, 12 urządzeń",
        "14, 14 urządzeń",
        "22, 22 urządzenia",
        "0, 0 urządzeń",
        "112, 112 urządzeń",
        "1024, 1\u00a0024 urządzenia"
    })
    void polishNounsFollowTheirCount(long count, String shown) {
        assertThat(Words.of(Language.POLISH).counted("status.devices", count)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pl|POLISH",
                "pl-PL,pl;q=0.9,en;q=0.8|POLISH",
                "de,en;q=0.5,pl;q=0.4|ENGLISH",
                "de|ENGLISH",
                "en;q=0.1,pl;q=0.2|POLISH",
                "pl;q=0|ENGLISH",
                "*;;q=x,,|ENGLISH"
            })
    void takesTheBestOfWhatABrowserAsksFor(String header, Language language) {
        assertThat(Language.ofHeader(header)).isEqualTo(language);
    }

    @Test
    void writesNumbersAsItsReadersDo() {
        assertThat(Words.of(Language.POLISH).hashRate(48_200_000, 400)).isEqualTo("48,2\u00a0MH/s");
        assertThat(Words.of(Language.POLISH).count(1_234_567)).isEqualTo("1\u00a0234\u00a0567");
        assertThat(Words.of(Language.ENGLISH).count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Arrays.asList(Language.values())).hasSize(2);
    }
}
