package org.ejgrad.examples.experiments;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.ejgrad.Elementary;
import org.ejgrad.check.NumericalDerivative;
import org.ejgrad.nn.pages.Section;

/** The errors of all formulas at all steps, and what they make of claims, as tables and as data for pictures. */
record Curves(List<VCurve> curves) implements Section {
    private static final int SMALLEST = -15;
    private static final int PER_DECADE = 4;

    /** A line per step, the checker's own choice below, and what each rule makes of both claims. */
    void print(PrintWriter out) {
        for (VCurve curve : curves) {
            Claims claims = Claims.of(curve);
            out.printf(Locale.ROOT, "%s%n%s%n    step", curve.title(), claims.sentence());
            for (Quotient quotient : Quotient.values()) {
                out.printf(Locale.ROOT, "  %8s", quotient);
            }
            out.println("   relative error");
            for (int power = -2; power >= SMALLEST; power -= 2) {
                out.printf(Locale.ROOT, "   1e%-3d", power);
                for (Quotient quotient : Quotient.values()) {
                    out.printf(Locale.ROOT, "  %8.1e", curve.error(quotient, Elementary.pow(10, power)));
                }
                out.println();
            }
            out.printf(Locale.ROOT, " checker  %s%n", said(curve));
            String line = "   %-10s  %-28s  %s%n";
            out.printf(Locale.ROOT, line, headings(curve).toArray());
            claims.rows().forEach(row -> out.printf(Locale.ROOT, line, row.toArray()));
            claims.reasons().forEach(out::println);
            out.println();
        }
    }

    private static List<String> headings(VCurve curve) {
        return List.of("rule", "right: " + Claims.figure(curve.exact()), "wrong: " + Claims.figure(curve.tempting()));
    }

    private static String said(VCurve curve) {
        NumericalDerivative measured = curve.measured();
        return Double.isNaN(measured.value())
                ? "none: the quotients settle nowhere, or the values move in steps"
                : String.format(
                        Locale.ROOT,
                        "%s with step %.1e; its relative error is %.1e, the bar promised %.1e",
                        measured,
                        measured.step(),
                        curve.relative(measured.value()),
                        curve.relativeBar(measured.bar()));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (VCurve curve : curves) {
            Claims claims = Claims.of(curve);
            json.writeStartObject();
            json.writeStringField("title", curve.title());
            json.writeStringField("sentence", claims.sentence());
            json.writeStringField("said", said(curve));
            NumericalDerivative measured = curve.measured();
            if (!Double.isNaN(measured.value())) {
                json.writeNumberField("step", measured.step());
                json.writeNumberField("error", curve.relative(measured.value()));
                json.writeNumberField("bar", curve.relativeBar(measured.bar()));
            }
            json.writeFieldName("headings");
            Section.texts(headings(curve)).write(json);
            json.writeFieldName("rules");
            Section.rows(claims.rows()).write(json);
            json.writeFieldName("reasons");
            Section.texts(claims.reasons()).write(json);
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
