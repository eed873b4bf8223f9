package io.rateguard.standalone.training;

/** A program that is small enough to be trained by a test. */
final class Greeting {

    static final String TEXT = "Good morning";

    private Greeting() {}

    public static void main(String[] arguments) {
        System.out.println(TEXT);
    }
}
