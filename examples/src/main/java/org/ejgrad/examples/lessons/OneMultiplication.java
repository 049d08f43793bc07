package org.ejgrad.examples.lessons; final class OneMultiplication { static void print(java.io.PrintWriter out) {} }
