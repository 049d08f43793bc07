// What a session begins with: names, and a small model of three points with two classes.
import org.ejgrad.*;
import org.ejgrad.check.*;
import org.ejgrad.nn.*;
import org.ejgrad.nn.data.*;
import org.ejgrad.nn.loss.*;
import org.ejgrad.nn.optim.*;
import org.ejgrad.nn.train.*;
import org.ejgrad.show.*;
import org.ejml.simple.SimpleMatrix;

Value x = Value.constant(new double[][] {{0.5, -1}, {1.5, 0.3}, {-0.7, 0.8}});
Value w = Value.variable("w", new double[][] {{0.4, -0.6}, {0.2, 0.7}});
Value b = Value.variable("b", new double[][] {{0.1, -0.2}});
Value loss = CrossEntropy.fromLogits(x.mult(w).plus(b), 1, 0, 1).labelled("loss");

System.out.println("ejgrad: x is data, w and b are variables, loss is their cross-entropy. For example:")
System.out.println("  loss.gradients().of(w)            GradientCheck.of(loss).run()")
System.out.println("  Graph.of(loss).withGradients()    x.mult(w).plus(b).softmax(Per.ROW)")
System.out.println("/exit ends.")
