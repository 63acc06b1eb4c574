/** Scores of rows that are measured around a ring and may be turned: stationary laws. */
@NullMarked
package com.example.stationary;

import org.jspecify.annotations.NullMarked;
