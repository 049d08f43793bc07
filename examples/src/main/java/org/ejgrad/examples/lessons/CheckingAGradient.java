package org.ejgrad.examples.lessons; final class CheckingAGradient { static void print(java.io.PrintWriter out) {} }
