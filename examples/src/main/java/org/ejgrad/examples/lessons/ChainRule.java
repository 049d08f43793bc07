package org.ejgrad.examples.lessons; final class ChainRule { static void print(java.io.PrintWriter out) {} }
