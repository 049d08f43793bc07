/**
 * A playground in the browser that trains live, and a laboratory of losses; both get every number from the engine.
 *
 * <p>{@link org.ejgrad.examples.playground.PlaygroundCommand} starts the {@code Server}, which checks each request and
 * hands it to {@code Pages}. A {@code Session} is a page with one or two {@code Learner}s on one {@code PlaneData};
 * {@code Laboratory} computes losses.
 */
package org.ejgrad.examples.playground;
