/*
 * How often something is so, as a probability. The catalogue of hypotheses uses these grades for everything but priors,
 * which come from the incident documents. No verdict on the sandbox's faults changes with finer numbers.
 */

export const always = 0.95;
export const mostly = 0.8;
export const often = 0.6;
export const even = 0.5;
export const sometimes = 0.25;
export const rarely = 0.05;
export const hardlyEver = 0.0025;
