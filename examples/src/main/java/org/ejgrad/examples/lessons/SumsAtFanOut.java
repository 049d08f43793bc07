package org.ejgrad.examples.lessons; final class SumsAtFanOut { static void print(java.io.PrintWriter out) {} }
