package org.ejgrad.examples.lessons; final class MomentumAndAdam { static void print(java.io.PrintWriter out) {} }
