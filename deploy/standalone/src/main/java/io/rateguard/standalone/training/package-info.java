/**
 * How the product comes to start fast: after a build it is started once on data that is thrown away, each of its JVMs
 * keeps what it learned in an AOT cache, and later starts use these for as long as the jars are the same. Nothing depends
 * on them: a JVM that cannot use its cache starts without.
 */
@NullMarked
package io.rateguard.standalone.training;

import org.jspecify.annotations.NullMarked;
