package org.ejgrad.examples.playground;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;

/**
 * A formula in x, such as {@code sin(2x) - x^2/3}: numbers, x, pi, e, + − * / ^, parentheses and some functions.
 * Nothing else is understood, so nothing else can happen.
 */
final class Expression {
    private static final int LONGEST = 100;
    private static final int DEEPEST = 30;
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.of(
            "sin", Elementary::sin,
            "cos", Elementary::cos,
            "tan", Elementary::tan,
            "tanh", Elementary::tanh,
            "exp", Elementary::exp,
            "log", Elementary::log,
            "sqrt", Math::sqrt,
            "abs", Math::abs);
    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);

    private final String text;
    private int at;
    private int depth;

    private Expression(String text) {
        this.text = text;
    }

    /** {@return the function that a formula describes} */
    static DoubleUnaryOperator of(String formula) {
        if (formula.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the formula has " + formula.length() + " signs; expected at most " + LONGEST);
        }
        Expression expression = new Expression(formula);
        DoubleUnaryOperator function = expression.sum();
        if (expression.peek() != 0) {
            throw expression.wrong("an operator or the end");
        }
        return function;
    }

    private DoubleUnaryOperator sum() {
        DoubleUnaryOperator left = product();
        for (char sign = peek(); sign == '+' || sign == '-'; sign = peek()) {
            at++;
            left = both(left, product(), sign == '+' ? Double::sum : (a, b) -> a - b);
        }
        return left;
    }

    /** Factors; a sign of multiplication may be left out, as in 2x. */
    private DoubleUnaryOperator product() {
        DoubleUnaryOperator left = signed();
        for (char sign = peek(); sign == '*' || sign == '/' || sign == '(' || Character.isLetter(sign); sign = peek()) {
            at += sign == '*' || sign == '/' ? 1 : 0;
            left = both(left, signed(), sign == '/' ? (a, b) -> a / b : (a, b) -> a * b);
        }
        return left;
    }

    private DoubleUnaryOperator signed() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("the formula is nested deeper than " + DEEPEST);
        }
        DoubleUnaryOperator result;
        if (peek() == '-') {
            at++;
            DoubleUnaryOperator inner = signed();
            result = x -> -inner.applyAsDouble(x);
        } else {
            result = power();
        }
        depth--;
        return result;
    }

    /** Binds more tightly than a sign before it, and from the right. */
    private DoubleUnaryOperator power() {
        DoubleUnaryOperator base = atom();
        if (peek() != '^') {
            return base;
        }
        at++;
        return both(base, signed(), Elementary::pow);
    }

    private DoubleUnaryOperator atom() {
        char first = peek();
        if (first == '(') {
            at++;
            DoubleUnaryOperator inner = sum();
            expectClosed();
            return inner;
        }
        int start = at;
        if (Character.isLetter(first)) {
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            return named(text.substring(start, at), start);
        }
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            double number = Double.parseDouble(text.substring(start, at));
            return x -> number;
        } catch (NumberFormatException none) {
            at = start;
            throw wrong("a number, x, a function or (");
        }
    }

    private DoubleUnaryOperator named(String name, int start) {
        if (name.equals("x")) {
            return x -> x;
        }
        if (CONSTANTS.containsKey(name)) {
            double number = CONSTANTS.get(name);
            return x -> number;
        }
        DoubleUnaryOperator function = FUNCTIONS.get(name);
        if (function == null || peek() != '(') {
            at = start;
            throw wrong("x, pi, e, or one of sin cos tan tanh exp log sqrt abs with ( after it");
        }
        at++;
        DoubleUnaryOperator inner = sum();
        expectClosed();
        return x -> function.applyAsDouble(inner.applyAsDouble(x));
    }

    private static DoubleUnaryOperator both(DoubleUnaryOperator a, DoubleUnaryOperator b, DoubleBinaryOperator how) {
        return x -> how.applyAsDouble(a.applyAsDouble(x), b.applyAsDouble(x));
    }

    /** The next sign that is no space, 0 at the end. */
    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expectClosed() {
        if (peek() != ')') {
            throw wrong(")");
        }
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("the formula " + Fields.shown(text) + " has "
                + (at < text.length() ? Fields.shown(text.substring(at, at + 1)) : "its end") + " at place " + (at + 1)
                + "; expected " + expected);
    }
}
