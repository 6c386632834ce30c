@org.jspecify.annotations.NullMarked
package org.motepool.payout.signature;
