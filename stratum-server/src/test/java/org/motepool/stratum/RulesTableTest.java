package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of rules names tests that there are, and leaves no rule out. */
class RulesTableTest {
    private static final int RULES = 38;

    @Test
    void holdsEachRuleByATestThatExists() throws Exception {
        Set<Integer> held = new TreeSet<>();
        try (InputStream in = Objects.requireNonNull(RulesTableTest.class.getResourceAsStream("rules.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    assertThat(isTest(words[1], words[2])).as(line).isTrue();
                    held.add(Integer.parseInt(words[0]));
                }
            }
        }
        assertThat(held).isEqualTo(IntStream.rangeClosed(1, RULES).boxed().collect(Collectors.toSet()));
    }

    private static boolean isTest(String name, String method) throws ClassNotFoundException {
        String whole = name.startsWith("org.") ? name : "org.motepool.stratum." + name;
        return Arrays.stream(Class.forName(whole).getDeclaredMethods())
                .filter(one -> one.getName().equals(method))
                .anyMatch(
                        one -> one.isAnnotationPresent(Test.class) || one.isAnnotationPresent(ParameterizedTest.class));
    }
}
