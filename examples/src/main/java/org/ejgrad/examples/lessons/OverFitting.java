package org.ejgrad.examples.lessons; final class OverFitting { static void print(java.io.PrintWriter out) {} }
