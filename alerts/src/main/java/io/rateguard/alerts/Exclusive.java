package io.rateguard.alerts;

/** Runs something unless another service does so just now. */
public interface Exclusive {

    /** False when another does. */
    boolean run(long lock, Runnable work);
}
