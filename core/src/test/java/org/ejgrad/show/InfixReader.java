package org.ejgrad.show;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** Reads a formula as a person would, by its signs and their precedence, and computes what it says. */
final class InfixReader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?|NaN|∞");
    private static final Pattern SHAPE = Pattern.compile("([0-9]+)x([0-9]+)");
    private static final Pattern NAME = Pattern.compile("√|[A-Za-z_σπ][A-Za-z_0-9]*");

    private static final Map<String, UnaryOperator<Value>> FUNCTIONS = Map.ofEntries(
            entry("exp", Value::elementExp),
            entry("ln", Value::elementLog),
            entry("√", Value::sqrt),
            entry("σ", Value::sigmoid),
            entry("tanh", Value::tanh),
            entry("sin", Value::sin),
            entry("cos", Value::cos),
            entry("sinh", Value::sinh),
            entry("cosh", Value::cosh),
            entry("abs", Value::abs),
            entry("sign", Value::sign),
            entry("relu", Value::relu),
            entry("softplus", Value::softplus),
            entry("pseudoInverse", Value::pseudoInverse),
            entry("step", x -> x.greaterThan(0)));

    private final String text;
    private final Map<String, Value> values;
    private int at;

    private InfixReader(String text, Map<String, Value> values) {
        this.text = text;
        this.values = values;
    }

    /** The value of a formula in which names stand for these values. */
    static Value value(String text, Map<String, Value> values) {
        InfixReader reader = new InfixReader(text, values);
        Value value = reader.sum();
        if (reader.at != text.length()) {
            throw reader.wrong("an end");
        }
        return value;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at " + at + " of " + text);
    }

    private boolean accepts(String sign) {
        if (!text.startsWith(sign, at)) {
            return false;
        }
        at += sign.length();
        return true;
    }

    private void require(String sign) {
        if (!accepts(sign)) {
            throw wrong(sign);
        }
    }

    private Value sum() {
        Value sum = product();
        while (true) {
            if (accepts(" + ") || accepts("+")) {
                sum = sum.plus(product());
            } else if (accepts(" − ") || accepts("−")) {
                sum = sum.minus(product());
            } else {
                return sum;
            }
        }
    }

    private Value product() {
        Value product = factor();
        while (true) {
            if (accepts(" ⊙ ")) {
                product = product.elementMult(factor());
            } else if (accepts(" ⊘ ") || accepts("/")) {
                product = product.elementDiv(factor());
            } else if (accepts("·")) {
                Value b = factor();
                boolean isNumber = product.shape().isScalar() || b.shape().isScalar();
                product = isNumber ? product.elementMult(b) : product.mult(b);
            } else {
                return product;
            }
        }
    }

    private Value factor() {
        if (accepts("−")) {
            return factor().negative();
        }
        Value value = primary();
        while (true) {
            if (accepts("ᵀ")) {
                value = value.transpose();
            } else if (accepts("²")) {
                value = value.elementMult(value);
            } else if (accepts("³")) {
                value = value.elementMult(value).elementMult(value);
            } else if (accepts("^")) {
                Value exponent = factor();
                boolean isExp = value.shape().isScalar() && value.scalar() == Math.E;
                value = isExp
                        ? exponent.elementExp()
                        : exponent.shape().isScalar()
                                ? value.elementPower(exponent.scalar())
                                : value.elementPower(exponent);
            } else {
                return value;
            }
        }
    }

    private Value primary() {
        if (accepts("(")) {
            Value value = sum();
            require(")");
            return value;
        }
        if (accepts("[")) {
            return literal();
        }
        if (accepts("|")) {
            Value value = sum();
            require("|");
            return value.abs();
        }
        if (accepts("½")) {
            return Value.constant(0.5);
        }
        String number = next(NUMBER);
        if (!number.isEmpty()) {
            return Value.constant(number.equals("∞") ? Double.POSITIVE_INFINITY : Double.parseDouble(number));
        }
        String name = next(NAME);
        if (accepts("(")) {
            return call(name);
        }
        if (FUNCTIONS.containsKey(name) && (name.equals("√") || accepts(" "))) {
            return FUNCTIONS.get(name).apply(factor());
        }
        if (!values.containsKey(name)) {
            throw wrong("a value or a function");
        }
        return values.get(name);
    }

    private Value literal() {
        List<double[]> rows = new ArrayList<>();
        do {
            List<Double> row = new ArrayList<>();
            do {
                row.add(factor().scalar());
            } while (accepts(", "));
            rows.add(row.stream().mapToDouble(Double::doubleValue).toArray());
        } while (accepts("; "));
        require("]");
        return Value.constant(rows.toArray(double[][]::new));
    }

    private Value call(String function) {
        if (function.equals("ones") || function.equals("zeros")) {
            Value filled = Value.filled(shape(), function.equals("ones") ? 1 : 0);
            require(")");
            return filled;
        }
        if (function.equals("identity")) {
            Value identity = Value.identity(Integer.parseInt(next(NUMBER)));
            require(")");
            return identity;
        }
        Value x = sum();
        Value result;
        if (function.equals("repeat")) {
            require(", ");
            result = x.broadcastTo(shape());
        } else if (function.equals("solve")) {
            require(", ");
            result = x.solve(sum());
        } else if (FUNCTIONS.containsKey(function)) {
            result = FUNCTIONS.get(function).apply(x);
        } else {
            boolean isAlongRows = function.startsWith("softmax") || function.startsWith("logSoftmax");
            Per per = accepts(", ") ? axis() : isAlongRows ? Per.ROW : Per.ALL;
            result = switch (function) {
                case "sum" -> x.sum(per);
                case "mean" -> x.mean(per);
                case "softmax" -> x.softmax(per);
                case "logSoftmax" -> x.logSoftmax(per);
                default -> throw wrong("a known function before");
            };
        }
        require(")");
        return result;
    }

    private Per axis() {
        String name = next(NAME);
        return Stream.of(Per.values())
                .filter(per -> per.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("an axis"));
    }

    private Shape shape() {
        Matcher shape = SHAPE.matcher(next(SHAPE));
        if (!shape.matches()) {
            throw wrong("a shape");
        }
        return new Shape(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
    }

    private String next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }
}
