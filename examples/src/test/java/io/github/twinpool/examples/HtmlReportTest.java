package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private final DemoResult result = SyntheticRun.of(7);
  private final String html = HtmlReport.render(result);

  @Test
  void it_is_well_formed() throws Exception {
    assertThat(parsed(html).getDocumentElement().getTagName()).isEqualTo("html");
  }

  @Test
  void every_sign_in_refresh_and_sign_up_has_a_mark_of_its_own() throws Exception {
    long shown =
        result.samples().stream().filter(it -> it.operation() != Operation.VALIDATE).count();
    long legend = ChartMark.values().length;

    assertThat(classesOf(parsed(html), "mark")).hasSize((int) (shown + legend));
  }

  @Test
  void the_outage_is_shaded_and_each_turn_has_a_line() throws Exception {
    Document page = parsed(html);

    assertThat(elements(page, "rect")).hasSize(1);
    assertThat(classesOf(page, "turn").stream().filter("line"::equals)).hasSize(3);
  }

  @Test
  void what_clients_said_is_escaped() throws Exception {
    assertThat(html).doesNotContain("<us-east-1>").contains("&lt;us-east-1&gt; &amp; ");
    assertThat(parsed(html).getDocumentElement().getTextContent()).contains(SyntheticRun.REFUSAL);
  }

  @Test
  void it_reaches_for_nothing_outside_itself() throws Exception {
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    assertThat(html).doesNotContain("<script", "<link", "url(", "@import", " src=");
  }

  @Test
  void the_style_sheet_needs_no_escapes_which_style_elements_would_not_undo() throws Exception {
    String style = elements(parsed(html), "style").get(0);

    assertThat(style).contains("prefers-color-scheme: dark").doesNotContain("<", ">", "&");
  }

  @Test
  void a_run_without_calls_and_without_a_switch_has_a_report_too() throws Exception {
    DemoResult empty =
        new DemoResult(
            DemoPlan.defaults(),
            List.of("one", "two"),
            List.of(),
            new History(0, 0, 0, List.of()),
            List.of(),
            "none");

    assertThat(parsed(HtmlReport.render(empty)).getDocumentElement().getTextContent())
        .contains("Twinpool did not switch to the secondary");
  }

  @Test
  void it_makes_the_folders_that_it_needs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("target/deep/report.html");

    HtmlReport.write(result, file);

    assertThat(Files.readString(file)).isEqualTo(html);
  }

  private static Document parsed(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static List<String> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  /** The names of the elements that have a class. */
  private static List<String> classesOf(Document page, String cssClass) {
    NodeList nodes = page.getElementsByTagName("*");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(it -> List.of(it.getAttribute("class").split(" ")).contains(cssClass))
        .map(Element::getTagName)
        .toList();
  }
}
