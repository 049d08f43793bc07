package org.ejgrad.examples.lessons; final class DigitClassifier { static void print(java.io.PrintWriter out) {} }
