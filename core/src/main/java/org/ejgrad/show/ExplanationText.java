package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.show.Steps.Made;
import org.ejgrad.show.Steps.Part;
import org.ejgrad.show.Steps.Received;

/** An explanation as plain text, for a terminal or a slide. */
final class ExplanationText {
    private static final int WIDTH = 100;

    private final Detail detail;

    private ExplanationText(Detail detail) {
        this.detail = detail;
    }

    static String of(Steps steps, Detail detail) {
        ExplanationText text = new ExplanationText(detail);
        List<String> lines = new ArrayList<>(List.of("forward"));
        lines.addAll(Steps.lines(steps.forward(), text::forward, ExplanationText::gap));
        lines.add(steps.backwardTitle());
        lines.addAll(Steps.lines(steps.backward(), text::backward, ExplanationText::gap));
        return String.join("\n", lines) + "\n";
    }

    private static String gap(int count) {
        return "  … " + count + " more values …";
    }

    private List<String> forward(List<Made> values) {
        Shared lines = new Shared();
        int names = width(
                values.stream().filter(made -> !isShort(made)).map(Made::name).toList());
        int formulas = Math.min(
                40,
                width(values.stream().flatMap(made -> made.formula().stream()).toList()));
        for (Made made : values) {
            if (isShort(made)) {
                lines.join(made.name() + " = " + Cells.line(made.value(), detail));
            } else {
                String formula =
                        made.formula().map(text -> pad(text, formulas) + " = ").orElse("");
                String shape = made.value().shape().isScalar()
                        ? ""
                        : "  " + made.value().shape();
                String label = made.label().isEmpty() ? "" : "  \"" + made.label() + "\"";
                lines.add(pad(made.name(), names) + " = " + formula + Cells.line(made.value(), detail) + shape + label);
            }
        }
        return lines.done();
    }

    /** A number without a story, which shares its line. */
    private static boolean isShort(Made made) {
        return made.formula().isEmpty()
                && made.value().shape().isScalar()
                && made.label().isEmpty();
    }

    private List<String> backward(List<Received> walk) {
        Shared lines = new Shared();
        for (Received step : walk) {
            String gradient = "d" + step.name() + " = " + Cells.line(step.gradient(), detail);
            boolean isScalar = step.gradient().shape().isScalar();
            if (step.from().size() > 1) {
                String sum = step.from().stream()
                        .map(part -> Cells.line(part.amount(), detail) + " from " + part.name())
                        .collect(joining(" and ", step.name() + " gets ", ": " + gradient));
                lines.add(sum);
            } else if (step.to().isEmpty() && isScalar) {
                lines.join(gradient);
                continue;
            } else {
                lines.add(gradient);
            }
            List<String> parts =
                    step.to().stream().map(part -> part(step, part)).toList();
            String all = String.join(", ", parts);
            boolean areScalars =
                    step.to().stream().allMatch(part -> part.amount().shape().isScalar());
            if (isScalar && areScalars && !parts.isEmpty() && lines.last().length() + all.length() + 2 <= WIDTH) {
                lines.add(lines.removeLast().strip() + "; " + all);
            } else {
                parts.forEach(part -> lines.add("  " + part));
            }
        }
        return lines.done();
    }

    private String part(Received step, Part part) {
        String gets = part.name() + " gets " + part.formula();
        return step.isRepeated(part) ? gets : gets + " = " + Cells.line(part.amount(), detail);
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Lines, some of which share one. */
    private static final class Shared {
        private final List<String> lines = new ArrayList<>();
        private boolean isOpen;

        void add(String line) {
            lines.add("  " + line);
            isOpen = false;
        }

        void join(String item) {
            if (isOpen && last().length() + item.length() + 2 <= WIDTH) {
                lines.add(removeLast() + ", " + item);
            } else {
                add(item);
            }
            isOpen = true;
        }

        String last() {
            return lines.get(lines.size() - 1);
        }

        String removeLast() {
            return lines.remove(lines.size() - 1);
        }

        List<String> done() {
            return lines;
        }
    }
}
