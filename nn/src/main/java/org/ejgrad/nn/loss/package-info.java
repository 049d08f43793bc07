/** Losses: functions from predictions and targets to a value, lower is better. */
package org.ejgrad.nn.loss;
