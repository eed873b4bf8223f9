package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines over time with their names, and the same figures as a table. For readers the drawing is one picture with a sentence
 * that sums it up.
 */
public final class LineChart extends Div {

    private final Drawing drawing = new Drawing();
    private final Div legend = new Div();
    private final Details table = new Details("As a table");
    private final String label;
    private @Nullable Data shown;

    /** @param label what the table is of */
    public LineChart(String label, String testId) {
        this.label = label;
        legend.addClassName("chart-legend");
        legend.getElement().setAttribute("aria-hidden", "true");
        drawing.getElement().setAttribute("role", "img");
        drawing.getElement().setAttribute("aria-label", label + ": not known yet");
        drawing.getElement().setAttribute("data-testid", testId);
        table.setTestId(testId + "-table");
        table.addClassName("chart-table");
        table.addOpenedChangeListener(change -> fillTable());
        addClassName("line-chart");
        add(legend, drawing, table);
    }

    /** How amounts at the axis are written. */
    public enum Unit {
        DOLLARS,
        MILLIS
    }

    /** How a line is drawn; one thing has one style in all charts. */
    public enum Style {
        FIRST,
        SECOND,
        THIRD,
        EVEN,
        FORECAST,
        BOUND;

        private final String wireName = name().toLowerCase(Locale.ROOT);
    }

    /** @param label at the axis; {@code title} where there is room for all of it */
    public record Step(String label, String title) {}

    /** @param exact as people read it */
    public record Value(double at, String exact) {}

    /** @param values one for each step, where there is one */
    public record Line(String name, Style style, List<Optional<Value>> values) {}

    /** A height that matters. */
    public record Mark(String label, double at) {}

    public record Data(Unit unit, List<Step> steps, List<Line> lines, List<Mark> marks) {}

    /** @param summary what a reader is told of the drawing */
    public void show(Data data, String summary) {
        shown = data;
        legend.removeAll();
        for (Line line : data.lines()) {
            Span name = new Span(line.name());
            name.addClassName(line.style().wireName);
            legend.add(name);
        }
        drawing.getElement().setPropertyJson("data", json(data));
        drawing.getElement().setAttribute("aria-label", summary);
        fillTable();
    }

    /** Only while somebody reads it. */
    private void fillTable() {
        table.removeAll();
        Data data = shown;
        if (data == null || !table.isOpened()) {
            return;
        }
        DataTable<Integer> rows = new DataTable<Integer>(label)
                .title("Time", step -> new Span(data.steps().get(step).title()));
        for (Line line : data.lines()) {
            rows.figure(line.name(), step -> new Span(text(line.values().get(step))));
        }
        table.add(rows.show(IntStream.range(0, data.steps().size()).boxed().toList()));
    }

    private static String text(Optional<Value> value) {
        return value.map(Value::exact).orElse("–");
    }

    private static ObjectNode json(Data data) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("unit", data.unit().name().toLowerCase(Locale.ROOT));
        ArrayNode labels = json.putArray("labels");
        ArrayNode titles = json.putArray("titles");
        data.steps().forEach(step -> {
            labels.add(step.label());
            titles.add(step.title());
        });
        ArrayNode lines = json.putArray("lines");
        for (Line line : data.lines()) {
            ObjectNode drawn = lines.addObject().put("name", line.name()).put("style", line.style().wireName);
            ArrayNode values = drawn.putArray("values");
            ArrayNode texts = drawn.putArray("texts");
            for (Optional<Value> value : line.values()) {
                values.add(value.map(Value::at).orElse(null));
                texts.add(value.map(Value::exact).orElse(null));
            }
        }
        ArrayNode marks = json.putArray("marks");
        data.marks()
                .forEach(mark -> marks.addObject().put("label", mark.label()).put("at", mark.at()));
        return json;
    }

    @Tag("line-chart")
    @NpmPackage(value = "echarts", version = "6.1.0")
    @JsModule("./components/line-chart.ts")
    private static final class Drawing extends Component {}
}
