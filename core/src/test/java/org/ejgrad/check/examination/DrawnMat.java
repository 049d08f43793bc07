package org.ejgrad.check.examination;

import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;

/** A node of an ejgrad graph. */
record DrawnMat(Value node) implements Mat {
    static Value node(Mat b) {
        return ((DrawnMat) b).node;
    }

    private static Mat of(Value value) {
        return new DrawnMat(value);
    }

    @Override
    public int rows() {
        return node.getNumRows();
    }

    @Override
    public int columns() {
        return node.getNumCols();
    }

    @Override
    public Mat map(UnaryOperator<Num> f) {
        return of(Drawn.node(f.apply(new Drawn(node))));
    }

    @Override
    public Mat plus(Mat b) {
        return of(node.plus(node(b)));
    }

    @Override
    public Mat minus(Mat b) {
        return of(node.minus(node(b)));
    }

    @Override
    public Mat times(Mat b) {
        return of(node.elementMult(node(b)));
    }

    @Override
    public Mat over(Mat b) {
        return of(node.elementDiv(node(b)));
    }

    @Override
    public Mat mult(Mat b) {
        return of(node.mult(node(b)));
    }

    @Override
    public Mat transpose() {
        return of(node.transpose());
    }

    @Override
    public Mat sum() {
        return of(node.elementSum());
    }

    @Override
    public Mat rowSums() {
        return of(node.sum(Per.ROW));
    }

    @Override
    public Mat columnSums() {
        return of(node.sum(Per.COLUMN));
    }

    @Override
    public Mat inverse() {
        return of(node.invert());
    }

    @Override
    public Mat solve(Mat b) {
        return of(node.solve(node(b)));
    }

    @Override
    public Mat determinant() {
        return of(node.determinant());
    }

    @Override
    public Mat cholesky() {
        return of(node.cholesky());
    }

    @Override
    public Mat gram() {
        return of(node.multTransB(node));
    }

    @Override
    public Mat softmax() {
        return of(node.softmax(Per.ROW));
    }

    @Override
    public Mat constant(double[][] numbers) {
        return of(Value.constant(numbers));
    }
}
