/**
 * Hashes of many shares at once in vector lanes; the only package that uses the incubating Vector API, loaded by name where
 * that is there. Open {@link VectorShareHasher} first.
 */
@NullMarked
package org.motepool.validator.simd;

import org.jspecify.annotations.NullMarked;
