# Ridge regression with its gradient by hand, in R, for check --process "Rscript ridge.R".
# With the argument "wrong", the factor 2 of the penalty is forgotten.
x <- matrix(c(0.2, 1.5, -0.6, 0.9, -1.3, -1.1, 0.3, 0.8, -0.5, -0.2), ncol = 2)
y <- c(1, 0.5, -0.3, 0.8, -1)
wrong <- identical(commandArgs(trailingOnly = TRUE), "wrong")

loss <- function(w) sum((x %*% w - y)^2) + 0.1 * sum(w^2)
gradient <- function(w) 2 * t(x) %*% (x %*% w - y) + 0.1 * (if (wrong) w else 2 * w)

text <- function(numbers) paste(sprintf("%.17g", numbers), collapse = " ")
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) == 1 && line != "quit") {
  words <- strsplit(line, " ")[[1]]
  w <- as.numeric(words[-1])
  answer <- switch(words[1],
    describe = "protocol 1\nparameter w 2 1 0.4 -0.7\nend",
    value = paste("value", text(loss(w))),
    gradient = paste("value", text(loss(w)), "gradient", text(gradient(w))))
  cat(answer, "\n", sep = "")
  flush(stdout())
}
