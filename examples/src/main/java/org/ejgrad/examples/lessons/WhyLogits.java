package org.ejgrad.examples.lessons; final class WhyLogits { static void print(java.io.PrintWriter out) {} }
