/**
 * What the other packages ask of their arguments, the names they agree on and the sum they share; not meant for
 * programs that use them.
 *
 * <p>{@link org.ejgrad.nn.arguments.Require} is public because layers, losses and metrics live in packages of their own
 * and refuse the same things in the same words. No promise is made that it stays as it is.
 */
package org.ejgrad.nn.arguments;
