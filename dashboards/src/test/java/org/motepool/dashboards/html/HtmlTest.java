package org.motepool.dashboards.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    private static String written(Html html) {
        StringBuilder out = new StringBuilder();
        html.writeTo(out);
        return out.toString();
    }

    @Test
    void escapesTextAndAttributes() {
        assertThat(written(Html.tag("p").attr("title", "a\"'<&>").with("<b>&'\"")))
                .isEqualTo("<p title=\"a&quot;&#39;&lt;&amp;&gt;\">&lt;b&gt;&amp;&#39;&quot;</p>");
    }

    @Test
    void whateverTheTextItIsOneElement() {
        long seed = 20_260_102;
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append((char)
                        (random.nextInt(4) == 0 ? random.nextInt(0x10000) : "<>&\"'/= ab".charAt(random.nextInt(10))));
            }
            String page = written(Html.tag("td").attr("title", text.toString()).with(text.toString()));
            String inner = page.substring("<td title=\"".length(), page.length() - "</td>".length());
            assertThat(inner.replace("\">", ""))
                    .as("seed %d, run %d", seed, run)
                    .doesNotContain("<", ">", "\"", "'");
        }
    }

    @Test
    void voidElementsHaveNoEnd() {
        assertThat(written(Html.tag("br"))).isEqualTo("<br>");
        assertThatThrownBy(() -> Html.tag("br").with("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "style", "iframe", "object", "embed", "base", "p onclick=x", "P", ""})
    void someElementsDoNotExist(String name) {
        assertThatThrownBy(() -> Html.tag(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "style", "a b", "x=\"", ""})
    void someAttributesDoNotExist(String name) {
        assertThatThrownBy(() -> Html.tag("p").attr(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "//evil.example/",
                "https://evil.example/",
                "/\\evil.example",
                "",
                "data:x"
            })
    void linksLeadOnlyIntoThisSite(String target) {
        assertThatThrownBy(() -> Html.tag("a").attr("href", target)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strangersTextIsCutByCharactersAndNotWithinOne() {
        assertThat(OutsideText.plain("\ud83e\udd84".repeat(1_000))).isEqualTo("\ud83e\udd84".repeat(63) + "…");
        assertThat(OutsideText.plain("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(OutsideText.plain("a\u202eb\u0000c\u2028d")).isEqualTo("abcd");
    }
}
