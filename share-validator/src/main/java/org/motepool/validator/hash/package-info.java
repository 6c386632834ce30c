/**
 * From a share to its hash: coinbase, merkle root, header, proof of work (SHA-256d or scrypt). {@link ShareHasher} is the door; the scalar and
 * the vector implementations behind it give the same hashes.
 */
@NullMarked
package org.motepool.validator.hash;

import org.jspecify.annotations.NullMarked;
