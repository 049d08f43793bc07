/** Self-contained HTML pages: a template, the scripts it names, and data as JSON. */
package org.ejgrad.examples.report;
