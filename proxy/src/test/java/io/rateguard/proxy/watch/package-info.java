/** Watches every test of this module: nothing may block an event loop, and no buffer may be lost. */
package io.rateguard.proxy.watch;
