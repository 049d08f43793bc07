/* Logistic regression with its gradient by hand, in C: cc -o logistic logistic.c -lm, then check --process ./logistic.
   With the argument "wrong", the gradient is the sum over the rows, while the loss is their mean. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 6
#define FEATURES 3

static const double x[ROWS][FEATURES] = {
    {0.2, -1.1, 0.7}, {1.5, 0.3, -0.4}, {-0.6, 0.8, 1.2}, {0.9, -0.5, 0.1}, {-1.3, -0.2, 0.6}, {0.4, 1.7, -0.9}};
static const double y[ROWS] = {1, 0, 1, 1, 0, 0};

/* The weights, then the bias. */
static double loss(const double *p, double *gradient, int wrong) {
    double sum = 0;
    memset(gradient, 0, (FEATURES + 1) * sizeof *gradient);
    for (int i = 0; i < ROWS; i++) {
        double z = p[FEATURES];
        for (int j = 0; j < FEATURES; j++)
            z += x[i][j] * p[j];
        /* log(1 + exp(z)) without overflow, less z where y is 1 */
        sum += fmax(z, 0) + log1p(exp(-fabs(z))) - y[i] * z;
        double dz = (1 / (1 + exp(-z)) - y[i]) / (wrong ? 1 : ROWS);
        for (int j = 0; j < FEATURES; j++)
            gradient[j] += dz * x[i][j];
        gradient[FEATURES] += dz;
    }
    return sum / ROWS;
}

int main(int count, char **words) {
    int wrong = count > 1 && strcmp(words[1], "wrong") == 0;
    char request[16];
    while (scanf("%15s", request) == 1 && strcmp(request, "quit") != 0) {
        if (strcmp(request, "describe") == 0) {
            scanf("%*d");
            puts("protocol 1\nparameter w 3 1 0.5 -0.3 0.8\nparameter b 1 1 0.1\nend");
        } else {
            double p[FEATURES + 1], gradient[FEATURES + 1];
            for (int j = 0; j <= FEATURES; j++)
                if (scanf("%lf", &p[j]) != 1)
                    return 1;
            printf("value %.17g", loss(p, gradient, wrong));
            if (strcmp(request, "gradient") == 0) {
                printf(" gradient");
                for (int j = 0; j <= FEATURES; j++)
                    printf(" %.17g", gradient[j]);
            }
            puts("");
        }
        fflush(stdout);
    }
    return 0;
}
