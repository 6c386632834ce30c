/** Who mines and who is paid: accounts, workers, reward schemes. Open {@link AccountId} first. */
@NullMarked
package org.motepool.core.account;

import org.jspecify.annotations.NullMarked;
