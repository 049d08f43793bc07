package org.ejgrad.examples.lessons; final class SoftmaxCrossEntropy { static void print(java.io.PrintWriter out) {} }
