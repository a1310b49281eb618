import fc from 'fast-check';

/** One counterexample is enough to notice a mutant: searching for the smallest one takes most of the time. */
fc.configureGlobal({ endOnFailure: true });
