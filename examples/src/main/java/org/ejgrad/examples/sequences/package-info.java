/**
 * Toys that read sequences: a character model of a text, words heard frame by frame, an attention head that copies and
 * sorts, and lists put in order.
 *
 * <p>Read {@link org.ejgrad.examples.sequences.TextCommand}, {@link org.ejgrad.examples.sequences.SpeechCommand},
 * {@link org.ejgrad.examples.sequences.AttentionCommand} and {@link org.ejgrad.examples.sequences.RankingCommand}; what
 * they train stands beside them.
 */
package org.ejgrad.examples.sequences;
