package org.ejgrad.examples.story;

import java.util.concurrent.Callable;
import org.ejgrad.examples.compare.Seeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that trains with several seeds, and tells what comes of it, printed and on a page. */
@Command(mixinStandardHelpOptions = true)
public abstract class ComparingCommand implements Callable<Integer> {
    /** How often it trains, and from which seed on. */
    @Mixin
    protected Seeds seeds = new Seeds();

    /** Tells it. */
    @Mixin
    protected PageOption page = new PageOption();

    /** Made by the command line. */
    protected ComparingCommand() {}
}
