package org.ejgrad.examples.lessons; final class Broadcasting { static void print(java.io.PrintWriter out) {} }
