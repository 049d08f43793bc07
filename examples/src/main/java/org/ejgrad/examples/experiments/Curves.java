package org.ejgrad.examples.experiments;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ejgrad.Elementary;
import org.ejgrad.check.NumericalDerivative;
import org.ejgrad.examples.report.Section;

/** The errors of all formulas at all steps, as tables and as data for a picture. */
record Curves(List<VCurve> curves) implements Section {
    private static final int SMALLEST = -15;
    private static final int PER_DECADE = 4;

    /** A line per step, the checker's own choice below. */
    void print(PrintWriter out) {
        for (VCurve curve : curves) {
            out.printf(Locale.ROOT, "%s. %s%n", curve.title(), curve.lesson());
            out.print("    step");
            for (Quotient quotient : Quotient.values()) {
                out.printf(Locale.ROOT, "  %8s", quotient);
            }
            out.println("   relative error");
            for (int power = -1; power >= SMALLEST; power -= 2) {
                out.printf(Locale.ROOT, "   1e%-3d", power);
                for (Quotient quotient : Quotient.values()) {
                    out.printf(Locale.ROOT, "  %8.1e", curve.error(quotient, Elementary.pow(10, power)));
                }
                out.println();
            }
            out.printf(Locale.ROOT, " checker  %s%n%n", said(curve));
        }
    }

    private static String said(VCurve curve) {
        NumericalDerivative measured = curve.measured();
        return String.format(
                Locale.ROOT,
                "%s with step %.1e; its relative error is %.1e, the bar promised %.1e",
                measured,
                measured.step(),
                curve.relative(measured.value()),
                measured.bar() / Math.abs(curve.exact()));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (VCurve curve : curves) {
            NumericalDerivative measured = curve.measured();
            json.writeStartObject();
            json.writeStringField("title", curve.title());
            json.writeStringField("lesson", curve.lesson());
            json.writeStringField("said", said(curve));
            json.writeNumberField("step", measured.step());
            json.writeNumberField("error", curve.relative(measured.value()));
            json.writeNumberField("bar", measured.bar() / Math.abs(curve.exact()));
            json.writeArrayFieldStart("series");
            for (Quotient quotient : Quotient.values()) {
                write(json, curve, quotient);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, VCurve curve, Quotient quotient) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", quotient.toString());
        json.writeArrayFieldStart("points");
        for (int i = 0; i >= SMALLEST * PER_DECADE; i--) {
            double step = Elementary.pow(10, (double) i / PER_DECADE);
            double[] point = {step, curve.error(quotient, step)};
            json.writeArray(point, 0, point.length);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
